using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

public sealed class JobMonitorTests
{
    private static readonly JobEvent Damage = new JobEvent.Warning("chk-2 is damaged.", null);

    [Fact]
    public async Task A_warning_that_nobody_listens_for_is_written_to_standard_error()
    {
        await using var error = new StringWriter();
        await using var monitor = new JobMonitor("job", new JobOptions(), error);
        monitor.On(Damage);
        Assert.Equal($"chk-2 is damaged.{Environment.NewLine}", error.ToString());
    }

    [Fact]
    public async Task A_failure_that_nobody_listens_for_is_written_with_the_time_of_the_restart_unless_it_is_thrown()
    {
        await using var error = new StringWriter();
        await using var monitor = new JobMonitor("orders", new JobOptions(), error);
        monitor.On(new JobEvent.Failed(new FormatException("no number"), TimeSpan.FromSeconds(1.5)));
        monitor.On(new JobEvent.Restarting(1));
        monitor.On(new JobEvent.CheckpointUnusable(new CheckpointName(2, new(7)), "a file is gone"));
        monitor.On(new JobEvent.CheckpointFailed(new CheckpointName(3, new(8)), "the disk is full"));
        monitor.On(new JobEvent.Failed(new JobException("for good"), null));
        Assert.Equal(
            [
                "Job 'orders' failed and restarts in 1.5 s. FormatException: no number",
                $"Checkpoint {new CheckpointName(2, new(7))} of job 'orders' cannot be used, the one before is tried: a file is gone",
                $"Checkpoint {new CheckpointName(3, new(8))} of job 'orders' was given up: the disk is full",
            ],
            error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Whoever_wants_events_gets_them_alone_and_in_order()
    {
        await using var error = new StringWriter();
        var events = new List<JobEvent>();
        await using (var monitor = new JobMonitor("job", new JobOptions { OnEvent = events.Add }, error))
        {
            for (var restart = 1; restart <= 100; restart++)
            {
                monitor.On(new JobEvent.Restarting(restart));
            }
        }

        Assert.Equal(Enumerable.Range(1, 100), events.Cast<JobEvent.Restarting>().Select(restarting => restarting.Restarts));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task H53_a_handler_that_throws_is_told_of_once_and_goes_on_to_get_events()
    {
        await using var error = new StringWriter();
        var calls = 0;
        var options = new JobOptions
        {
            OnEvent = _ =>
            {
                calls++;
                throw new InvalidOperationException("no such table");
            },
        };
        await using (var monitor = new JobMonitor("orders", options, error))
        {
            monitor.On(Damage);
            monitor.On(Damage);
            monitor.On(Damage);
        }

        Assert.Equal(3, calls);
        Assert.Equal(1, error.ToString().Split("no such table").Length - 1);
        Assert.Contains("'orders'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(": no such table. The job goes on", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task H53_a_handler_that_waits_for_another_thread_that_asks_for_progress_holds_nobody_up()
    {
        JobMonitor? monitor = null;
        var asked = new List<int>();
        var options = new JobOptions { OnEvent = _ => asked.Add(Task.Run(() => monitor!.Progress().Restarts).GetAwaiter().GetResult()) };
        monitor = new JobMonitor("job", options, TextWriter.Null);
        monitor.On(new JobEvent.Restarting(1));
        await monitor.DisposeAsync();
        Assert.Equal([1], asked);
    }

    [Fact]
    public async Task H53_a_handler_that_blocks_holds_up_neither_the_job_nor_its_end()
    {
        await using var error = new StringWriter();
        var clock = new FakeTimeProvider();
        using var begun = new SemaphoreSlim(0);
        using var free = new ManualResetEventSlim();
        var options = new JobOptions
        {
            TimeProvider = clock,
            OnEvent = _ =>
            {
                begun.Release();
                free.Wait();
            },
        };
        var monitor = new JobMonitor("job", options, error);
        monitor.On(Damage);
        monitor.On(Damage);
        await begun.WaitAsync(TestContext.Current.CancellationToken);

        var end = monitor.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        await end;
        Assert.Contains("1 event could not be delivered", error.ToString(), StringComparison.Ordinal);
        free.Set();
    }

    [Fact]
    public async Task A_handler_that_is_too_slow_misses_the_oldest_events_and_is_told_how_many()
    {
        using var begun = new SemaphoreSlim(0);
        using var free = new ManualResetEventSlim();
        var events = new List<JobEvent>();
        var options = new JobOptions
        {
            OnEvent = happened =>
            {
                begun.Release();
                free.Wait();
                events.Add(happened);
            },
        };
        var monitor = new JobMonitor("job", options, TextWriter.Null);
        monitor.On(new JobEvent.Restarting(0));
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        for (var restart = 1; restart <= EventDelivery.Capacity + 10; restart++)
        {
            monitor.On(new JobEvent.Restarting(restart));
        }

        free.Set();
        await monitor.DisposeAsync();
        Assert.Equal(EventDelivery.Capacity + 2, events.Count);
        Assert.Contains(events, happened => happened is JobEvent.Warning { Message: var message }
            && message.Contains("10 older events", StringComparison.Ordinal));
    }
}
