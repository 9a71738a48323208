using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace Weir.Rx.Tests;

/// <summary>Observables that a job reads, and observers that it pushes at.</summary>
public sealed class ObservableTests
{
    private static readonly JobOptions Once = new() { RestartStrategy = RestartStrategy.None };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100_000)]
    public async Task Nothing_is_lost_when_who_pushes_is_blocked(int capacity)
    {
        var seen = new List<int>();
        var job = new Job("rx");
        job.From(Observable.Range(0, 5000), capacity, OnOverflow.Block).To(seen.Add);
        var result = await job.RunAsync(Once, Cancellation);
        Assert.Equal(Enumerable.Range(0, 5000), seen);
        Assert.Equal(0, result.Skipped);
    }

    [Fact]
    public async Task What_is_dropped_is_counted_and_said()
    {
        foreach (var (overflow, kept) in new[] { (OnOverflow.DropNewest, 0), (OnOverflow.DropOldest, 9_999) })
        {
            var warnings = new List<string>();
            var seen = new List<int>();
            var job = new Job("rx");
            job.From(Observable.Range(0, 10_000), 5, overflow).To(seen.Add);
            var result = await job.RunAsync(
                Once with { OnEvent = told => warnings.Add($"{told}"), BatchCapacity = 1 }, Cancellation);
            Assert.Equal(10_000, seen.Count + result.Skipped);
            Assert.True(result.Skipped > 0, "nothing was dropped");
            Assert.Equal(seen.Order(), seen);
            Assert.Contains(kept, seen);
            Assert.Contains(warnings, text => text.Contains($"({overflow})", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_buffer_that_may_not_overflow_fails_the_job_for_good()
    {
        var pushes = new Subject<int>();
        var hold = new TaskCompletionSource();
        var job = new Job("rx");
        job.From(pushes, 2, OnOverflow.Fail).To(async _ => await hold.Task);
        var running = job.RunAsync(cancellation: Cancellation);
        while (!pushes.HasObservers)
        {
            await Task.Yield();
        }

        // The sink holds the first records back: the buffer fills.
        for (var number = 0; number < 10_000; number++)
        {
            pushes.OnNext(number);
        }

        hold.SetResult();
        var failure = await Assert.ThrowsAsync<JobException>(() => running);
        Assert.Contains("2 records wait already", failure.Message, StringComparison.Ordinal);
        Assert.False(pushes.HasObservers);
    }

    [Fact]
    public async Task A_failure_of_the_observable_ends_the_job_behind_what_was_pushed_before()
    {
        var seen = new List<int>();
        var job = new Job("rx");
        job.From(Observable.Range(0, 10).Concat(Observable.Throw<int>(new FormatException("bad"))), 100, OnOverflow.Block).To(seen.Add);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(cancellation: Cancellation));
        Assert.Contains("bad", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_misses_nothing_that_is_pushed_meanwhile()
    {
        var pushes = new Subject<int>();
        var seen = new List<int>();
        var isBad = true;
        var job = new Job("rx");
        job.From(pushes, 100_000, OnOverflow.Block).To(number =>
        {
            if (number == 0 && isBad)
            {
                isBad = false;
                throw new InvalidOperationException("once");
            }

            seen.Add(number);
        });
        var running = job.RunAsync(Once with { RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.Zero) }, Cancellation);
        while (!pushes.HasObservers)
        {
            await Task.Yield();
        }

        pushes.OnNext(0);
        while (Volatile.Read(ref isBad))
        {
            await Task.Yield();
        }

        for (var number = 1; number <= 1000; number++)
        {
            pushes.OnNext(number);
        }

        pushes.OnCompleted();
        await running;

        // The record that the attempt failed with was taken and is gone: no checkpoint covers it.
        Assert.Equal(Enumerable.Range(1, 1000), seen);
        Assert.False(pushes.HasObservers);
    }

    [Fact]
    public async Task Cancelling_the_job_unsubscribes_it()
    {
        using var stop = new CancellationTokenSource();
        var pushes = new Subject<int>();
        var job = new Job("rx");
        job.From(pushes, 1, OnOverflow.Block).To(static _ => { });
        var running = job.RunAsync(Once, stop.Token);
        while (!pushes.HasObservers)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(pushes.HasObservers);
        pushes.OnNext(1);
        pushes.OnNext(2);
    }

    [Fact]
    public async Task An_observer_sees_the_records_and_the_end_of_the_run()
    {
        var subject = new Subject<long>();
        var seen = new List<long>();
        var isCompleted = false;
        subject.Subscribe(seen.Add, () => isCompleted = true);
        var job = new Job("rx");
        job.From(Generate.Records(static index => index).Take(1000)).To(subject);
        await job.RunAsync(Once with { Parallelism = 2 }, Cancellation);
        Assert.Equal(Enumerable.Range(0, 1000).Select(static index => (long)index), seen.Order());
        Assert.True(isCompleted);
    }

    [Fact]
    public async Task An_observer_sees_the_failure_of_the_job()
    {
        var subject = new Subject<int>();
        Exception? failure = null;
        subject.Subscribe(static _ => { }, seen => failure = seen);
        var job = new Job("rx");
        job.From([1, 2, 3]).Select(static number => number == 3 ? throw new FormatException("bad") : number).To(subject);
        await Assert.ThrowsAsync<JobException>(() => job.RunAsync(Once, Cancellation));
        Assert.IsType<JobException>(failure);
    }
}
