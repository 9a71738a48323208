using System.Collections.Concurrent;

namespace Weir.Runtime.Tests.Running;

/// <summary>
/// Calls of sinks and stores that never answer. The long waits here are for a test that fails, never for one that passes.
/// </summary>
public sealed class HangingCallTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<JobEvent> _events = new();
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = 1;

    public void Dispose()
    {
        _released.Set();
        _released.Dispose();
    }

    [Fact]
    public async Task H24_a_job_that_is_stopped_does_not_wait_for_a_commit_that_hangs_and_the_next_start_gives_each_result_once()
    {
        var store = new MemoryCheckpointStore();
        var sink = new MemorySink<int> { BeforeCommit = Hang };
        using var stop = new CancellationTokenSource();
        var running = Numbers(sink).Start(Options(store) with { CallTimeout = Long }, stop.Token);
        await _hangs.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => running.Completion.WaitAsync(Long, TestContext.Current.CancellationToken));
        Assert.Contains(_events.OfType<JobEvent.Warning>(), warning =>
            warning.Message.Contains("'committing chk-", StringComparison.Ordinal));

        _released.Set();
        await Numbers(sink).RunAsync(Options(store), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 1000), sink.Visible);
    }

    [Fact]
    public async Task A_commit_that_hangs_fails_the_attempt_with_its_name_and_the_next_commits_it()
    {
        var sink = new MemorySink<int> { BeforeCommit = Hang };
        await Numbers(sink).RunAsync(Options(new MemoryCheckpointStore()), TestContext.Current.CancellationToken)
            .WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 1000), sink.Visible);
        var failed = _events.OfType<JobEvent.Failed>().First();
        Assert.Contains(
            "'committing chk-1 into a list in memory' has not answered within 3 s", failed.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("CallTimeout", failed.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_hangs_fails_the_attempt_and_what_it_does_when_it_wakes_is_shut_out()
    {
        var store = new FaultyStore { BeforeManifest = Hang };
        var sink = new MemorySink<int>();
        await Numbers(sink).RunAsync(Options(store), TestContext.Current.CancellationToken)
            .WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.Contains("'decide chk-1' has not answered", _events.OfType<JobEvent.Failed>().First().Exception.Message,
            StringComparison.Ordinal);
        _released.Set();
        Assert.Equal(Enumerable.Range(0, 1000), sink.Visible);
        Assert.DoesNotContain(
            await store.ListAsync("numbers", TestContext.Current.CancellationToken), checkpoint => checkpoint.Attempt == 1);
    }

    [Fact]
    public async Task A_store_that_hangs_before_the_first_record_fails_the_attempt_with_what_it_was_asked()
    {
        var store = new FaultyStore { BeforeFence = Hang };
        await Numbers(new MemorySink<int>()).RunAsync(Options(store), TestContext.Current.CancellationToken)
            .WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.Contains(
            "'fencing and reading the checkpoints in the faulty store' has not answered",
            _events.OfType<JobEvent.Failed>().First().Exception.Message,
            StringComparison.Ordinal);
    }

    private static Job Numbers(MemorySink<int> sink)
    {
        var job = new Job("numbers");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 1000)])).To(sink);
        return job;
    }

    private JobOptions Options(ICheckpointStore store) => new()
    {
        CheckpointStore = store,
        CheckpointInterval = TimeSpan.FromMilliseconds(1),
        CallTimeout = TimeSpan.FromSeconds(3),
        RestartStrategy = RestartStrategy.FixedDelay(20, TimeSpan.Zero),
        BatchCapacity = 8,
        OnEvent = _events.Enqueue,
    };

    // As a disk does: deaf to any cancellation.
    private void Hang()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _hangs.TrySetResult();
            _released.Wait(CancellationToken.None);
        }
    }
}
