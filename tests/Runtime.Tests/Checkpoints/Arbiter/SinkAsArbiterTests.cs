using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Running;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Testing;

namespace Weir.Runtime.Tests.Checkpoints.Arbiter;

/// <summary>A job whose sink decides in its own transaction: the same seam as the store's, another arbiter.</summary>
public sealed class SinkAsArbiterTests
{
    private const int Count = 300;
    private static readonly IEnumerable<string> Expected = Enumerable.Range(0, Count).Select(Text).Order(StringComparer.Ordinal);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<JobEvent> _events = [];

    [Fact]
    public async Task Rows_become_visible_with_the_checkpoint_that_covers_them_and_all_of_them_once()
    {
        var process = new Process(this, new SimulatedFileSystem());
        await process.FinishAsync();
        Assert.Equal(Expected, process.Sink.Rows.Order(StringComparer.Ordinal));
        Assert.True(_events.OfType<JobEvent.CheckpointCompleted>().Count() > 2);
    }

    [Fact]
    public async Task A_process_that_dies_at_any_operation_on_the_disk_is_continued_exactly_once()
    {
        var clean = new SimulatedFileSystem();
        await new Process(this, clean).FinishAsync();
        Assert.True(clean.Operations > 100);
        for (var operation = 1L; operation <= clean.Operations; operation++)
        {
            var files = new SimulatedFileSystem((int)operation) { CrashAt = operation };

            // Where only superfluous checkpoints were still to be deleted, the attempt ends all the same.
            var died = await Record.ExceptionAsync(() => new Process(this, files).FinishAsync());
            Assert.True(died is not null || clean.Operations - operation < 10, $"not killed at operation {operation}");
            files.Restart();
            var next = new Process(this, files);
            await next.FinishAsync();
            Assert.True(Expected.SequenceEqual(next.Sink.Rows.Order(StringComparer.Ordinal)), $"killed at operation {operation}");
            Assert.True(files.ListDirectories("/chk/numbers").Count <= 3,
                $"killed at operation {operation}: {string.Join(' ', files.ListDirectories("/chk/numbers"))}");
        }
    }

    [Fact]
    public async Task A_decision_that_is_aborted_costs_a_checkpoint_and_no_row()
    {
        var process = new Process(this, new SimulatedFileSystem());
        var aborted = 0;
        process.Sink.BeforeCommit = _ =>
        {
            if (aborted++ == 0)
            {
                throw new IOException("The transaction was aborted.");
            }
        };
        await process.FinishAsync();
        Assert.Contains("aborted", Assert.Single(_events.OfType<JobEvent.CheckpointFailed>()).Reason, StringComparison.Ordinal);
        Assert.Equal(Expected, process.Sink.Rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_decision_whose_answer_is_lost_is_asked_for()
    {
        var process = new Process(this, new SimulatedFileSystem());
        process.Sink.AfterCommit = _ => throw new IOException("The answer was lost.");
        await process.FinishAsync();
        Assert.Empty(_events.OfType<JobEvent.CheckpointFailed>());
        Assert.Equal(Expected, process.Sink.Rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_aborted_decision_that_ends_the_attempt_leads_to_the_next_one_however_often()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        for (var i = 0; i < 5; i++)
        {
            // The manifest is there, the transaction is not: its number is used again by nobody.
            var process = new Process(this, files) { TolerableFailures = 0 };
            process.Sink.BeforeCommit = _ => throw new IOException("The transaction was aborted.");
            await Assert.ThrowsAnyAsync<Exception>(process.FinishAsync);
        }

        var last = new Process(this, files);
        await last.FinishAsync();
        Assert.Equal(Expected, last.Sink.Rows.Order(StringComparer.Ordinal));
        Assert.All(files.ListDirectories("/chk/numbers"), name => Assert.EndsWith(".a6", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_was_believed_dead_commits_nothing_more()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        var zombie = new Process(this, files);
        await zombie.PrepareAsync();
        zombie.Step(20);
        var successor = new Process(this, files);
        await successor.FinishAsync();
        await Assert.ThrowsAsync<FencedException>(zombie.FinishAsync);
        Assert.Equal(Expected, successor.Sink.Rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_successor_that_begins_between_the_manifest_and_the_commit_decides_for_itself()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        var zombie = new Process(this, files);
        var successor = new Process(this, files);
        zombie.Sink.BeforeCommit = _ => successor.PrepareAsync().GetAwaiter().GetResult();
        await Assert.ThrowsAsync<FencedException>(zombie.FinishAsync);
        await successor.FinishAsync();
        Assert.Equal(Expected, successor.Sink.Rows.Order(StringComparer.Ordinal));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Process
    {
        private readonly SinkAsArbiterTests _test;
        private readonly FileCheckpointStore _store;
        private JobAttempt? _attempt;

        public Process(SinkAsArbiterTests test, SimulatedFileSystem files)
        {
            _test = test;
            _store = new FileCheckpointStore("/chk", files);
            Sink = new LedgerSink<int>("numbers", _store, files, "/ledger", Text);
        }

        public LedgerSink<int> Sink { get; }

        public int TolerableFailures { get; init; } = 1;

        public async Task PrepareAsync()
        {
            var options = new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(200),
                CheckpointStore = _store,
                Arbiter = Sink,
                TimeProvider = _test._clock,
                BatchCapacity = 16,
                TolerableFailures = TolerableFailures,
                Parallelism = 2,
                RetainedCheckpoints = 2,
            };
            var job = new Job("numbers");
            job.From(new MemorySource<int>([.. Enumerable.Range(0, Count).Chunk((Count / 2) + 1)])).To(Sink);
            _attempt = await JobAttempt.PrepareAsync(
                new AttemptContext("numbers", new RunId(7), new PipelinePlan(job, options, KeySeed.Fixed), options, _store, Sink,
                    new InlineWork(), _test._events.Add),
                CancellationToken.None);
        }

        public void Step(int rounds) => Run(rounds);

        public async Task FinishAsync()
        {
            if (_attempt is null)
            {
                await PrepareAsync();
            }

            try
            {
                Assert.True(Run(5000), "the attempt does not end");
            }
            finally
            {
                await _attempt!.DisposeAsync();
            }
        }

        private bool Run(int rounds)
        {
            var live = _attempt!.Steppers.ToList();
            for (var round = 0; round < rounds && live.Count > 0; round++)
            {
                _test._clock.Advance(TimeSpan.FromMilliseconds(50));
                live.RemoveAll(stepper => stepper.Step() == StepResult.Done);
            }

            return live.Count == 0;
        }
    }
}
