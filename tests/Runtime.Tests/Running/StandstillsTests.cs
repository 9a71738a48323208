using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Running;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Tests.Running;

/// <summary>Event time that stands still for one silent input, while others give records.</summary>
public sealed class StandstillsTests
{
    private readonly Standstills _standstills = new();
    private readonly List<string> _told = [];
    private int _seconds;

    [Fact]
    public void An_input_that_is_silent_while_others_speak_is_told_once_by_its_name()
    {
        for (var i = 0; i < 30; i++)
        {
            Look(new Waiting("split 'orders[2]' of 'orders'", 0, 0, i));
        }

        Assert.Equal(
            "Event time stands at 1970-01-01T00:00:00Z behind operator 'times' for 30 s, and no window ends: it waits for split "
                + "'orders[2]' of 'orders', which has given no record in that time, while others have. If it may be silent, say for how "
                + "long it is waited for: .WithEventTime(…).IdleAfter(TimeSpan.FromSeconds(30)).",
            Assert.Single(_told));
    }

    [Fact]
    public void Before_the_first_watermark_it_has_not_begun()
    {
        for (var i = 0; i < 10; i++)
        {
            Look(new Waiting("b", long.MinValue, 0, i));
        }

        Assert.StartsWith("Event time has not begun behind operator 'times' for 30 s", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_where_nothing_comes_or_the_input_speaks_or_none_is_waited_for()
    {
        for (var i = 0; i < 100; i++)
        {
            // The last records of the others came before the next look.
            Look(new Waiting("silent with all others", 0, 0, Math.Min(i, 1)));
        }

        for (var i = 0; i < 100; i++)
        {
            Look(new Waiting("speaks of one and the same time", 1, i, i));
        }

        for (var i = 0; i < 100; i++)
        {
            Look(new Waiting(null, 2, 0, i));
        }

        for (var i = 0; i < 100; i++)
        {
            Look(new Waiting("moves on", i, 0, i));
        }

        Assert.Empty(_told);
    }

    [Fact]
    public void The_next_standstill_is_told_when_ten_minutes_have_passed()
    {
        for (var i = 0; i < 150; i++)
        {
            Look(new Waiting("slow", i / 10, 0, i));
        }

        // 12.5 minutes: at 30 s, and the first one that stands 30 s more than ten minutes later.
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void All_subtasks_wait_for_the_least_of_them_and_count_the_records_of_all()
    {
        var one = new Waiting("late", 5, 0, 0);
        var other = new Waiting("early", 9, 3, 7);
        Assert.Equal(new Waiting("late", 5, 0, 7), one.With(other));
        Assert.Equal(new Waiting("late", 5, 0, 7), other.With(one));
        Assert.Equal(new Waiting("late", 5, 0, 7), new Waiting(null, long.MinValue, 0, 7).With(one));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_running_job_warns_of_it_and_one_that_has_said_how_long_to_wait_does_not(int parallelism)
    {
        Assert.Contains("which has given no record in that time", await WarningAsync(parallelism, saysSo: false), StringComparison.Ordinal);
        Assert.Null(await WarningAsync(parallelism, saysSo: true));
    }

    private static async Task<string?> WarningAsync(int parallelism, bool saysSo)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var warnings = new ConcurrentQueue<string>();
        var (speaks, silent) = (Channel.CreateUnbounded<long>(), Channel.CreateUnbounded<long>());
        var sink = new MemorySink<long>();
        var job = new Job("waits");
        var stream = job.From(speaks.Reader).Union(job.From(silent.Reader)).WithEventTime(n => n, TimeSpan.Zero);
        (saysSo ? stream.IdleAfter(TimeSpan.FromHours(1)) : stream).To(sink);
        var running = job.Start(
            new JobOptions
            {
                Parallelism = parallelism,
                TimeProvider = time,
                OnEvent = e =>
                {
                    if (e is JobEvent.Warning { Message: var text } && text.StartsWith("Event time", StringComparison.Ordinal))
                    {
                        warnings.Enqueue(text);
                    }
                },
            },
            TestContext.Current.CancellationToken);
        for (var n = 1; n <= 20; n++)
        {
            speaks.Writer.TryWrite(n);
            while (running.Progress.RecordsIn < n)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                Assert.False(running.Completion.IsCompleted, running.Completion.Exception?.ToString());
                await Task.Yield();
            }

            time.Advance(TimeSpan.FromSeconds(5));
        }

        speaks.Writer.Complete();
        silent.Writer.Complete();
        await running.Completion;
        return warnings.SingleOrDefault();
    }

    private void Look(Waiting waiting)
    {
        _told.AddRange(_standstills.Look(TimeSpan.FromSeconds(_seconds), [("times", waiting)]));
        _seconds += 5;
    }
}
