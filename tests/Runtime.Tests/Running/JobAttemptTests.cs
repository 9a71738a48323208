using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Running;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Running;

/// <summary>
/// Whole attempts stepped by one thread with a clock that stands: every outcome of the store, every loss of a notification.
/// </summary>
public sealed class JobAttemptTests
{
    private const int Count = 3000;

    private readonly FakeTimeProvider _clock = new();
    private readonly FaultyStore _store = new();
    private readonly MemorySink<int> _sink = new();
    private readonly List<JobEvent> _events = [];
    private JobOptions _options;

    public JobAttemptTests() => _options = new JobOptions
    {
        CheckpointInterval = TimeSpan.FromSeconds(1),
        CheckpointStore = _store,
        TimeProvider = _clock,
        BatchCapacity = 16,
        RetainedCheckpoints = 2,
    };

    private IEnumerable<long> Completed =>
        _events.OfType<JobEvent.CheckpointCompleted>().Select(completed => completed.Checkpoint.Id.Value);

    [Fact]
    public async Task An_attempt_that_is_killed_anywhere_is_continued_by_the_next_exactly_once()
    {
        for (var steps = 1; steps < 400; steps += 7)
        {
            var test = new JobAttemptTests();
            test.Step(await test.PrepareAsync(), steps);
            test.Step(await test.PrepareAsync(), steps);
            test.Finish(await test.PrepareAsync());
            Assert.Equal(Enumerable.Range(0, Count), test._sink.Visible);
        }
    }

    [Fact]
    public async Task An_attempt_continues_at_another_parallelism()
    {
        foreach (var (before, after) in ((int, int)[])[(1, 3), (3, 1), (2, 4), (4, 2)])
        {
            var test = new JobAttemptTests();
            test._options = test._options with { Parallelism = before };
            test.Step(await test.PrepareAsync(), 60);
            test._options = test._options with { Parallelism = after };
            var attempt = await test.PrepareAsync();
            Assert.NotNull(attempt.RestoredFrom);
            test.Finish(attempt);
            Assert.Equal(Enumerable.Range(0, Count), test._sink.Visible);
        }
    }

    [Fact]
    public async Task A_completion_notice_that_is_lost_is_made_good_by_the_next_and_the_final_one_is_repeated()
    {
        var attempt = await PrepareAsync();
        var lost = 0;
        Run(attempt, 5000, () =>
        {
            foreach (var subtask in attempt.Subtasks)
            {
                // Those of all periodic checkpoints, that of the final one, and some reminders.
                var kept = new List<SubtaskCommand>();
                while (subtask.Commands.TryTake(out var command))
                {
                    if (command is SubtaskCommand.Complete && lost < 14)
                    {
                        lost++;
                    }
                    else
                    {
                        kept.Add(command);
                    }
                }

                kept.ForEach(subtask.Commands.Post);
            }
        });
        Assert.Equal(14, lost);
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    [Fact]
    public async Task A_checkpoint_whose_state_cannot_be_written_fails_the_attempt_when_none_may_fail()
    {
        _store.ManifestFailures = 1;
        var attempt = await PrepareAsync();
        var failure = Assert.Throws<CheckpointException>(() => Finish(attempt));
        Assert.Contains("chk-1: disk full", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the faulty store", failure.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(failure.InnerException);
    }

    [Fact]
    public async Task A_manifest_that_could_not_be_written_costs_a_checkpoint_and_no_record()
    {
        _store.ManifestFailures = 1;
        _options = _options with { TolerableFailures = 1 };
        Finish(await PrepareAsync());
        Assert.Equal(1, Assert.Single(_events.OfType<JobEvent.CheckpointFailed>()).Checkpoint.Id.Value);
        Assert.Equal(2, Completed.First());
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    [Fact]
    public async Task A_manifest_that_was_written_although_the_answer_was_lost_counts()
    {
        _store.LostAnswers = 1;
        Finish(await PrepareAsync());
        Assert.Empty(_events.OfType<JobEvent.CheckpointFailed>());
        Assert.Equal(1, Completed.First());
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    [Fact]
    public async Task When_nobody_can_say_whether_a_checkpoint_exists_the_attempt_fails_and_the_next_takes_what_is_there()
    {
        var attempt = await PrepareAsync();
        _store.LostAnswers = 1;
        _store.LookFailures = 1;
        Assert.Contains("has not said whether chk-1 exists", Assert.Throws<CheckpointException>(() => Finish(attempt)).Message,
            StringComparison.Ordinal);
        Assert.Empty(_sink.Visible);
        var next = await PrepareAsync();
        Assert.Equal(new CheckpointName(1, new(1)), next.RestoredFrom);
        Assert.NotEmpty(_sink.Visible);
        Finish(next);
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    [Fact]
    public async Task An_attempt_that_was_fenced_stops_and_commits_nothing_more()
    {
        var zombie = await PrepareAsync();
        Step(zombie, 10);
        var successor = await PrepareAsync();
        Finish(successor);
        Assert.Throws<FencedException>(() => Finish(zombie));
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    [Fact]
    public async Task An_old_checkpoint_that_cannot_be_deleted_is_a_warning_and_is_tried_again()
    {
        _store.DeleteFailures = 1;
        Finish(await PrepareAsync());
        Assert.Contains("could not be deleted", Assert.Single(_events.OfType<JobEvent.Warning>()).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await _store.ListAsync("numbers", CancellationToken.None)).Count);
    }

    [Fact]
    public async Task G3_a_checkpoint_that_takes_too_long_is_given_up_and_its_records_come_with_the_next()
    {
        _options = _options with { CheckpointTimeout = TimeSpan.FromMilliseconds(900), TolerableFailures = 1 };
        var attempt = await PrepareAsync();

        // While only the coordinator steps, nobody acknowledges.
        for (var round = 0; round < 60 && _events.Count == 0; round++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            attempt.Coordinator.Step();
        }

        var failed = Assert.IsType<JobEvent.CheckpointFailed>(Assert.Single(_events));
        Assert.Contains("longer than the checkpoint time-out", failed.Reason, StringComparison.Ordinal);
        Finish(attempt);
        Assert.Equal(2, Completed.First());
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    [Fact]
    public async Task H25_a_wall_clock_that_jumps_back_and_forward_changes_neither_checkpoints_nor_results()
    {
        var undisturbed = new JobAttemptTests();
        undisturbed.Finish(await undisturbed.PrepareAsync());
        var clock = new JumpingClock(_clock);
        _options = _options with { TimeProvider = clock };
        var attempt = await PrepareAsync();
        Step(attempt, 40);
        clock.Error = TimeSpan.FromHours(-1);
        Step(attempt, 40);
        clock.Error = TimeSpan.FromHours(1);
        Finish(attempt);
        Assert.Empty(_events.OfType<JobEvent.CheckpointFailed>());
        Assert.Equal(undisturbed.Completed, Completed);
        Assert.Equal(
            undisturbed._events.OfType<JobEvent.CheckpointCompleted>().Select(completed => completed.Duration),
            _events.OfType<JobEvent.CheckpointCompleted>().Select(completed => completed.Duration));
        Assert.Equal(Enumerable.Range(0, Count), _sink.Visible);
    }

    private async Task<JobAttempt> PrepareAsync()
    {
        var job = new Job("numbers");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, Count).Chunk((Count / 4) + 1)])).Rebalance().Select(value => value)
            .To(_sink);
        return await JobAttempt.PrepareAsync(
            new AttemptContext("numbers", new RunId(7), new PipelinePlan(job, _options, KeySeed.Fixed), _options, _store,
                new StoreArbiter("numbers", _store), new InlineWork(), _events.Add),
            CancellationToken.None);
    }

    private void Finish(JobAttempt attempt) => Assert.True(Run(attempt, 5000, () => { }), "the attempt does not end");

    private void Step(JobAttempt attempt, int rounds) => Run(attempt, rounds, () => { });

    private bool Run(JobAttempt attempt, int rounds, Action afterCoordinator)
    {
        var live = attempt.Steppers.ToList();
        for (var round = 0; round < rounds && live.Count > 0; round++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            foreach (var stepper in live.ToList())
            {
                if (stepper.Step().IsDone)
                {
                    live.Remove(stepper);
                }
            }

            afterCoordinator();
        }

        return live.Count == 0;
    }
}
