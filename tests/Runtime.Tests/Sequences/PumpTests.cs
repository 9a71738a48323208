using System.Runtime.CompilerServices;

namespace Weir.Runtime.Tests.Sequences;

/// <summary>Sequences that block, wait, never end or are very long.</summary>
public sealed class PumpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sequence_that_blocks_holds_up_no_other_source_of_its_subtask()
    {
        using var gate = new SemaphoreSlim(0);
        var seen = new List<int>();
        var job = new Job("pump");
        job.From(Blocked()).Union(job.From([1, 2, 3])).To(number =>
        {
            seen.Add(number);
            if (seen.Count == 3)
            {
                gate.Release();
            }
        });
        await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None }, Cancellation);
        Assert.Equal([1, 2, 3, 4], seen);

        IEnumerable<int> Blocked()
        {
            gate.Wait(Cancellation);
            yield return 4;
        }
    }

    [Fact]
    public async Task Records_come_as_soon_as_a_slow_sequence_has_them()
    {
        using var gate = new SemaphoreSlim(1);
        var job = new Job("pump");
        job.From(Slow()).To(_ => gate.Release());
        await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None }, Cancellation);

        IEnumerable<int> Slow()
        {
            for (var number = 0; number < 100; number++)
            {
                gate.Wait(Cancellation);
                yield return number;
            }
        }
    }

    [Fact]
    public async Task A_job_that_is_cancelled_cancels_its_asynchronous_sequence_and_disposes_it()
    {
        using var stop = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        var job = new Job("pump");
        job.From(Waiting()).To(_ => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(cancellation: stop.Token));
        await ended.Task.WaitAsync(Cancellation);

        async IAsyncEnumerable<int> Waiting([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            try
            {
                yield return 1;
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
            }
            finally
            {
                ended.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_sequence_that_cancels_itself_is_a_failure_and_no_cancellation()
    {
        var job = new Job("pump");
        job.From(static () => Cancelled()).To(static _ => { });
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(
            new JobOptions { RestartStrategy = RestartStrategy.None }, Cancellation));
        Assert.Contains("but not by the job", failure.Message, StringComparison.Ordinal);

        static IEnumerable<int> Cancelled()
        {
            yield return 1;
            throw new OperationCanceledException();
        }
    }

    [Fact]
    public void What_a_pool_never_began_is_begun_by_the_next_attempt()
    {
        var work = new InlineWork(isHeld: true);
        var pump = new Pump<int>(new EnumerablePull<int>(static () => [1, 2, 3], 0), static failure => failure);
        pump.Attach(Context(static (_, _) => { }));
        var batch = new Batch<int>(10);
        Assert.Equal(ReadStatus.Pending, pump.Read(batch));

        pump.Attach(Context((name, run) => work.Run(name, async cancellation =>
        {
            await run(cancellation);
            return true;
        })));
        Assert.Equal(ReadStatus.Pending, pump.Read(batch));
        work.Release();
        Assert.Equal(ReadStatus.Available, pump.Read(batch));
        Assert.Equal([1, 2, 3], batch.Values.ToArray());
        batch.Clear();
        Assert.Equal(ReadStatus.End, pump.Read(batch));
    }

    private static SourceContext Context(Action<string, Func<CancellationToken, ValueTask>> background) =>
        new("From-1", 1, TimeProvider.System, static _ => { }) { Background = background };
}
