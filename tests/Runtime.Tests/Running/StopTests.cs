using System.Collections.Concurrent;

namespace Weir.Runtime.Tests.Running;

/// <summary>Checkpoints on demand, and stops, of jobs that run on threads.</summary>
public sealed class StopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_job_that_is_stopped_has_committed_all_it_read_and_the_next_run_reads_nothing_twice(int parallelism)
    {
        var sink = new MemorySink<int>();
        var store = new MemoryCheckpointStore();
        var read = 0L;
        for (var run = 0; run < 3; run++)
        {
            var options = new JobOptions { CheckpointStore = store, Parallelism = parallelism, MaxRecordsPerSecond = 200_000 };
            var job = Endless(sink).Start(options, Cancellation);
            await SeenAsync(job, 5000);
            var result = await job.StopAsync(Cancellation);
            Assert.True(result.IsStopped);
            Assert.Equal(run == 0 ? null : new CheckpointName(run, new CheckpointId(run)), result.RestoredFrom);
            Assert.Equal(1, result.Checkpoints);
            read += result.RecordsIn;
            Assert.Equal(Enumerable.Range(0, (int)read), sink.Visible);
            Assert.Equal(
                (CheckpointKind.Final, CheckpointState.Completed, true),
                (job.Checkpoints[0].Kind, job.Checkpoints[0].State, job.Checkpoints[0].IsFinal));
        }
    }

    [Fact]
    public async Task Whoever_stops_a_job_twice_or_after_its_end_gets_the_same_end()
    {
        var job = Endless(new MemorySink<int>()).Start(null, Cancellation);
        var first = job.StopAsync(Cancellation);
        var second = job.StopAsync(Cancellation);
        Assert.Same(await first, await second);
        Assert.Same(await first, await job.StopAsync(Cancellation));
        var late = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.CheckpointAsync(Cancellation));
        Assert.Contains("the job has ended", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_comes_to_its_end_by_itself_was_not_stopped()
    {
        var job = new Job("short");
        job.From(new MemorySource<int>([1, 2, 3])).To(new MemorySink<int>());
        Assert.False((await job.RunAsync(null, Cancellation)).IsStopped);
    }

    [Fact]
    public async Task A_stop_whose_wait_is_cancelled_stops_the_job_all_the_same()
    {
        var job = Endless(new MemorySink<int>()).Start(null, Cancellation);
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.StopAsync(impatient.Token));
        Assert.True((await job.Completion).IsStopped);
    }

    [Fact]
    public async Task A_job_that_waits_for_its_restart_is_stopped_at_once_by_a_new_attempt()
    {
        var sink = new MemorySink<int>();
        var fuse = 1;
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var endless = new Job("endless");
        endless.From(new EndlessSource())
            .Select(value => value == 2000 && Interlocked.Exchange(ref fuse, 0) == 1 ? throw new IOException("gone") : value).To(sink);
        var job = endless.Start(
            new JobOptions
            {
                RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.FromDays(60)),
                OnEvent = told =>
                {
                    if (told is JobEvent.Failed)
                    {
                        failed.TrySetResult();
                    }
                },
            },
            Cancellation);
        await failed.Task;
        var result = await job.StopAsync(Cancellation);
        Assert.True(result.IsStopped);
        Assert.Equal(1, result.Restarts);
        Assert.Equal(Enumerable.Range(0, sink.Visible.Count()), sink.Visible);
    }

    [Fact]
    public async Task A_checkpoint_is_taken_when_it_is_asked_for_and_the_history_tells_of_it()
    {
        var sink = new MemorySink<int>();
        var events = new ConcurrentQueue<JobEvent>();
        var job = Endless(sink).Start(new JobOptions { Parallelism = 2, OnEvent = e => events.Enqueue(e) }, Cancellation);
        await SeenAsync(job, 1000);
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => job.CheckpointAsync(Cancellation)));
        Assert.NotEmpty(sink.Visible);
        Assert.All(asked, checkpoint => Assert.Equal(
            (CheckpointKind.Manual, CheckpointState.Completed), (checkpoint.Kind, checkpoint.State)));
        Assert.True(asked.Distinct().Count() <= 3, "callers that wait share a checkpoint");
        var newest = job.Checkpoints[0];
        Assert.Equal(asked.MaxBy(checkpoint => checkpoint.Name)!.Name, newest.Name);
        Assert.Equal(newest.SubtaskCount, newest.Subtasks.Count);
        Assert.True(newest.StateBytes > newest.Subtasks.Sum(subtask => subtask.StateBytes), "the manifest counts, too");
        Assert.All(newest.Subtasks, subtask => Assert.True(
            subtask.Phases.StartDelay >= TimeSpan.Zero && subtask.Phases.Total <= newest.Duration, $"{subtask} of {newest.Duration}"));
        await job.StopAsync(Cancellation);
        Assert.All(job.Checkpoints, checkpoint => Assert.True(checkpoint.Commit >= TimeSpan.Zero));

        // The event comes before the commit.
        Assert.Equal(
            job.Checkpoints.Reverse().Select(checkpoint => checkpoint with { Commit = null }),
            events.OfType<JobEvent.CheckpointCompleted>().Select(told => told.Details!));
    }

    [Fact]
    public async Task A_checkpoint_that_nobody_waits_for_any_more_is_not_taken_before_the_job_begins()
    {
        using var impatient = new CancellationTokenSource();
        var job = Endless(new MemorySink<int>()).Start(null, Cancellation);
        var asked = job.CheckpointAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await job.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_checkpoint_that_fails_tells_who_asked_and_names_its_subtask()
    {
        var events = new ConcurrentQueue<JobEvent>();
        var store = new FaultyStore();
        var endless = new Job("endless");
        endless.From(new EndlessSource()).KeyBy(value => value).Reduce((one, other) => one + other).To(new MemorySink<int>());
        var job = endless.Start(
            new JobOptions { CheckpointStore = store, TolerableFailures = 10, OnEvent = e => events.Enqueue(e) }, Cancellation);
        await SeenAsync(job, 5000);
        store.StateFailures = 1;
        var failure = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.CheckpointAsync(Cancellation));
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
        Assert.Equal(CheckpointState.Failed, failure.Checkpoint!.State);
        Assert.NotNull(failure.Checkpoint.FailedSubtask);
        Assert.Equal(failure.Checkpoint, job.Checkpoints[0]);
        await job.StopAsync(Cancellation);
        Assert.Equal(failure.Checkpoint.FailedSubtask, Assert.Single(events.OfType<JobEvent.CheckpointFailed>()).Subtask);
    }

    private static Job Endless(ISink<int> sink)
    {
        var job = new Job("endless");
        job.From(new EndlessSource()).To(sink);
        return job;
    }

    private static async Task SeenAsync(RunningJob job, long records)
    {
        while (job.Progress.RecordsIn < records)
        {
            Assert.False(job.Completion.IsCompleted, job.Completion.Exception?.ToString());
            await Task.Yield();
        }
    }
}
