using System.Collections.Concurrent;
using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

/// <summary>Jobs that are asked to stop while nothing that they need answers: they end, and say what the next start does.</summary>
public sealed class UnstoppedTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-unstopped-");
    private readonly ConcurrentQueue<JobEvent> _events = new();
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isGone;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _released.Set();
        _released.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void A_job_that_is_to_stop_has_three_failures_or_fifteen_seconds()
    {
        var none = default(StopPatience);
        Assert.False(none.IsExhausted(TimeSpan.FromHours(1)));
        var two = none.OnFailure(TimeSpan.FromSeconds(10)).OnFailure(TimeSpan.FromSeconds(11));
        Assert.False(two.IsExhausted(TimeSpan.FromSeconds(24.9)));
        Assert.True(two.IsExhausted(TimeSpan.FromSeconds(25)));
        Assert.True(two.OnFailure(TimeSpan.FromSeconds(12)).IsExhausted(TimeSpan.FromSeconds(12)));
        Assert.False(two.OnRunning().IsExhausted(TimeSpan.FromHours(1)));
        Assert.True(two.OnRunning().OnFailure(TimeSpan.FromHours(1)).IsExhausted(TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromSeconds(10), none.Begin(TimeSpan.FromSeconds(10)).Begin(TimeSpan.FromSeconds(20)).Since);
    }

    [Fact]
    public async Task H24_A_job_that_is_stopped_while_its_store_does_not_answer_gives_up_at_the_third_failure_and_the_next_start_goes_on()
    {
        var sink = new MemorySink<int>();
        var inner = new MemoryCheckpointStore();
        var job = Endless(sink).Start(Options(new GoneStore(inner, () => _isGone)), Cancellation);
        await job.CheckpointAsync(Cancellation);
        _isGone = true;
        var thrown = await Assert.ThrowsAsync<JobException>(() => job.StopAsync(Cancellation));
        Assert.Contains("Job 'endless' was asked to stop, and ends without a last checkpoint", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("the store is gone. 3 attempts failed since then.", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"Its newest checkpoint is {job.Progress.LastCheckpoint}.", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("it continues from its newest checkpoint. It reads again", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(2, job.Progress.Restarts);
        Assert.Same(thrown, Assert.IsType<JobEvent.Failed>(_events.Last()).Exception);

        _isGone = false;
        var next = Endless(sink).Start(Options(new GoneStore(inner, () => _isGone)), Cancellation);
        var result = await next.StopAsync(Cancellation);
        Assert.True(result.IsStopped);
        Assert.Equal(job.Progress.LastCheckpoint, result.RestoredFrom);
        Assert.Equal(Enumerable.Range(0, sink.Visible.Count()), sink.Visible);
    }

    [Fact]
    public async Task A_restart_that_hangs_is_cut_short_when_the_job_is_asked_to_stop_and_what_had_failed_is_told()
    {
        var store = new FaultyStore();
        store.BeforeFence = () =>
        {
            // As a network does that drops everything: no answer, and no error.
            if (_isGone)
            {
                _stuck.TrySetResult();
                _released.Wait(CancellationToken.None);
            }
        };
        store.BeforeManifest = () =>
        {
            _isGone = true;
            throw new IOException("the store is gone");
        };
        var job = Endless(new MemorySink<int>()).Start(
            Options(store) with { TimeProvider = new FastClock(), CallTimeout = TimeSpan.FromDays(1) }, Cancellation);
        var asked = job.CheckpointAsync(Cancellation);
        await _stuck.Task;
        await Assert.ThrowsAsync<CheckpointFailedException>(() => asked);
        Assert.Equal(1, job.Progress.Restarts);
        var thrown = await Assert.ThrowsAsync<JobException>(() => job.StopAsync(Cancellation));
        Assert.Contains("the store is gone", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("failed since then", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("It has completed no checkpoint in this run.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, job.Progress.Restarts);
    }

    [Fact]
    public async Task A_stop_with_a_savepoint_that_no_attempt_comes_to_ends_the_job_as_well_and_there_is_no_savepoint()
    {
        _isGone = true;
        var job = Endless(new MemorySink<int>()).Start(Options(new GoneStore(new MemoryCheckpointStore(), () => _isGone)), Cancellation);
        var savepoint = Path.Combine(_directory.FullName, "one");
        var none = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.StopWithSavepointAsync(savepoint, Cancellation));
        Assert.Contains("the job has ended", none.Message, StringComparison.Ordinal);
        var thrown = await Assert.ThrowsAsync<JobException>(() => job.Completion);
        Assert.Contains("3 attempts failed since then.", thrown.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(savepoint), "nothing is left of a savepoint that was not begun");
    }

    [Fact]
    public async Task A_savepoint_that_was_to_stop_the_job_and_was_given_up_leaves_it_as_patient_as_before()
    {
        var store = new FaultyStore { ManifestFailures = 1 };
        var job = Endless(new MemorySink<int>()).Start(Options(store), Cancellation);
        await Assert.ThrowsAsync<CheckpointFailedException>(
            () => job.StopWithSavepointAsync(Path.Combine(_directory.FullName, "two"), Cancellation));

        // More failures than a job that is to stop would bear.
        store.ManifestFailures = 4;
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<CheckpointFailedException>(() => job.CheckpointAsync(Cancellation));
        }

        await job.CheckpointAsync(Cancellation);
        Assert.True((await job.StopAsync(Cancellation)).IsStopped);
    }

    private static Job Endless(ISink<int> sink)
    {
        var job = new Job("endless");
        job.From(new EndlessSource()).Where(n => n >= 0).To(sink);
        return job;
    }

    private JobOptions Options(ICheckpointStore store) => new()
    {
        CheckpointStore = store,
        MaxRecordsPerSecond = 200_000,
        RestartStrategy = RestartStrategy.FixedDelay(1000, TimeSpan.Zero),
        OnEvent = _events.Enqueue,
    };

    private sealed class GoneStore(ICheckpointStore inner, Func<bool> isGone) : PassingStore(inner)
    {
        public override ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
        {
            Check();
            return base.FenceAsync(job, newRun, cancellation);
        }

        public override ValueTask WriteManifestAsync(
            string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
        {
            Check();
            return base.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        }

        private void Check()
        {
            if (isGone())
            {
                throw new IOException("the store is gone");
            }
        }
    }
}
