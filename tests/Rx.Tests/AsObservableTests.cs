using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace Weir.Rx.Tests;

/// <summary>Streams that who subscribes runs.</summary>
public sealed class AsObservableTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 5000)];
    private static readonly JobOptions Once = new() { RestartStrategy = RestartStrategy.None };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_record_is_pushed_once_and_then_the_end()
    {
        var job = new Job("rx");
        var seen = await job.From(Numbers).AsObservable(Once).Materialize().ToList().ToTask(Cancellation);
        Assert.Equal(Numbers, seen.SkipLast(1).Select(static push => push.Value));
        Assert.Equal(System.Reactive.NotificationKind.OnCompleted, seen[^1].Kind);
    }

    [Fact]
    public async Task A_job_that_fails_ends_in_OnError_behind_the_records_before_it()
    {
        var job = new Job("rx");
        var seen = await job.From(Numbers).Select(static number => number == 2048 ? throw new FormatException("bad") : number)
            .AsObservable(Once).Materialize().ToList().ToTask(Cancellation);
        Assert.Equal(2049, seen.Count);
        Assert.IsType<JobException>(seen[^1].Exception);
    }

    [Fact]
    public async Task OnNext_is_never_called_by_two_threads_at_once()
    {
        var open = 0;
        var job = new Job("rx");
        var count = await job.From(Generate.Records(static index => index).Take(20_000))
            .AsObservable(Once with { Parallelism = 3, BatchCapacity = 16 })
            .Do(_ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref open));
                Interlocked.Decrement(ref open);
            })
            .Count().ToTask(Cancellation);
        Assert.Equal(20_000, count);
    }

    [Fact]
    public async Task Unsubscribing_stops_the_job()
    {
        var disposed = new TaskCompletionSource();
        var job = new Job("rx");
        var first = await job.From(Endless(disposed.SetResult)).AsObservable(Once).Take(3).ToList().ToTask(Cancellation);
        Assert.Equal([0, 1, 2], first);
        await disposed.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_second_subscription_at_the_same_time_gets_an_error()
    {
        var job = new Job("rx");
        var records = job.From(Endless(static () => { })).AsObservable(Once);
        var second = new TaskCompletionSource<Exception>();

        // The first goes on until the second has been answered.
        await records
            .Do(number =>
            {
                if (number == 0)
                {
                    records.Subscribe(static _ => { }, second.SetResult);
                }
            })
            .TakeUntil(second.Task.ToObservable())
            .LastOrDefaultAsync()
            .ToTask(Cancellation);
        Assert.IsType<InvalidOperationException>(await second.Task);
    }

    private static IEnumerable<int> Endless(Action disposed)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                yield return number;
            }
        }
        finally
        {
            disposed();
        }
    }
}
