using static Weir.Runtime.Tests.Operators.Windows.Sums;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class TriggersTests
{
    private const string I8 = "2:1@3999 2:1@3000 1:1@20 1:1@0 1:1@999 2:1@1998 2:1@1999 2:1@1000";

    [Theory, InlineData(false), InlineData(true)]
    public void B4_counts_of_sessions_that_merge_add_up_and_the_next_record_fires(bool crash)
    {
        var run = new WindowRun(Of(SessionWindow.WithGap(Us(3000)), windowed => windowed.Trigger(Trigger.Count(4).Purging())));
        Assert.Equal("2=10[0,6500)@6499", run.Run("2:1@0 2:2@1000 2:3@2500 2:4@3500", crash));
        Assert.Equal("", run.Run("1:1@10 1:2@1000 restore 1:3@2500 1:1@6000 1:2@6500 1:3@7000", crash));
        Assert.Equal("1=22[10,10000)@9999", run.Run("1:10@4500", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B4_a_timeout_by_the_clock_begins_anew_with_the_next_record(bool crash)
    {
        var run = new WindowRun(Of(
            GlobalWindow.Instance, static windowed => windowed.Trigger(Trigger.ProcessingTimeout(Trigger.Count(4), Us(100)))));
        Assert.Equal("1=2@MAX", run.Run("PT3 1:1@0 1:1@1 PT103", crash));
        Assert.Equal("", run.Run("PT300 1:1@5 restore PT399", crash));
        Assert.Equal("1=3@MAX", run.Run("PT400", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B4_early_results_come_an_interval_of_the_clock_behind_a_record_and_a_last_one_at_the_end(bool crash)
    {
        var run = new WindowRun(Of(Tumbling.Of(Us(1000)), static windowed => windowed.Trigger(Trigger.Early(Us(100)))));
        Assert.Equal("1=1@999", run.Run("PT5000 1:1@0 PT5100", crash));
        Assert.Equal("", run.Run("PT5300 1:1@5 1:1@6 restore PT5399", crash));
        Assert.Equal("1=3@999", run.Run("PT5400", crash));
        Assert.Equal("1=3@999 WM999", run.Run("WM999", crash));
        Assert.Equal("2=1@1999 WM1999", run.Run("PT6000 2:1@1000 WM1999 PT6100", crash));
        Assert.Equal((0, 0), run.Timers);
        Assert.Equal(0, run.Kept);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B4_sessions_that_merge_have_the_earlier_early_result_of_both(bool crash)
    {
        var run = new WindowRun(Of(SessionWindow.WithGap(Us(1000)), static windowed => windowed.Trigger(Trigger.Early(Us(100)))));
        Assert.Equal("", run.Run("PT5000 1:1@0 PT5050 1:1@1500 1:1@800 restore", crash));
        Assert.Equal("1=3[0,2500)@2499", run.Run("PT5100", crash));
        Assert.Equal("1=3[0,2500)@2499 WM2499", run.Run("PT5200 WM2499", crash));
        Assert.Equal((0, 0), run.Timers);
        Assert.Equal(0, run.Kept);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B8_a_global_window_fires_and_forgets_with_every_fourth_record_of_a_key(bool crash)
    {
        var run = new WindowRun(Of(GlobalWindow.Instance, windowed => windowed.Trigger(Trigger.Count(4)).Discarding()));
        Assert.Equal("", run.Run("2:1@3000 2:1@3999 1:1@20 1:1@0 1:1@999", crash));
        Assert.Equal("2=4@MAX", run.Run("2:1@1998 2:1@1999 restore 2:1@1000", crash));
        Assert.Equal("1=4@MAX 2=4@MAX", run.Run("1:1@10999 2:1@1000 2:1@1000 2:1@1000", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R5_of_a_window_without_end_that_is_emptied_nothing_is_kept(bool crash)
    {
        LeavesNothing(windowed => windowed.Trigger(Trigger.Count(2).Purging()), crash);
        LeavesNothing(windowed => windowed.Trigger(Trigger.Count(2)).Discarding(), crash);
        LeavesNothing(windowed => windowed.Trigger(Trigger.ProcessingTimeout(Trigger.Count(2).Purging(), Us(100))), crash);
        LeavesNothing(windowed => windowed.Trigger(Trigger.Count(2)).Evict(Evictor.Count(0), EvictWhen.AfterFunction), crash);
        LeavesNothing(windowed => windowed.Trigger(new FireAndPurgeAtTwo()), crash);
    }

    private static void LeavesNothing(Func<WindowedStream<Reading, long>, WindowedStream<Reading, long>> with, bool crash)
    {
        var run = new WindowRun(Of(GlobalWindow.Instance, with));
        Assert.Equal("1=2@MAX", run.Run("1:1@1 2:1@2 1:1@3", crash));

        // The other key still has a record and a count.
        Assert.Equal(2, run.Kept);
        Assert.Equal("2=2@MAX", run.Run("2:1@4", crash));
        Assert.Equal((0, 0), run.Timers);
        Assert.Equal(0, run.Kept);
        Assert.Equal("1=2@MAX", run.Run("1:1@5 1:1@6", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B10_a_global_window_until_the_end_fires_once_at_the_end(bool crash)
    {
        var run = new WindowRun(Of(GlobalWindow.UntilEnd));
        Assert.Equal("WM5000", run.Run(I8 + " WM5000", crash));
        Assert.Equal("1=3@MAX 2=5@MAX WMMAX", run.Run("WMMAX", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B12_windows_of_processing_time_fire_when_the_clock_reaches_their_last_time(bool crash)
    {
        var run = new WindowRun(Of(Sliding.Of(Us(3000), Us(1000)).InProcessingTime()));
        Assert.Equal("", run.Run("PT3 2:1", crash));
        Assert.Equal("2=1@999", run.Run("PT1000", crash));
        Assert.Equal("2=3@1999", run.Run("2:1 2:1 PT2000", crash));
        Assert.Equal("1=2@2999 2=3@2999", run.Run("1:1 1:1 PT3000", crash));
        Assert.Equal("1=3@5999 1=5@3999 1=5@4999 2=2@3999", run.Run("1:1 1:1 1:1 PT7000", crash));
        Assert.Equal((0, 0), run.Timers);
        Assert.Equal(0, run.Kept);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B14_a_record_within_the_allowed_lateness_fires_at_once_and_later_ones_go_to_the_late_output(bool crash)
    {
        var run = new WindowRun(Of(Tumbling.Of(Us(2000)), windowed => windowed
            .Trigger(Trigger.EventTime.Purging()).AllowLateness(Us(500)).LateTo(out _)));
        Assert.Equal("WM1500", run.Run("2:1@500 WM1500", crash));
        Assert.Equal("2=2@1999 WM2300", run.Run("2:1@1300 WM2300", crash));
        Assert.Equal("2=1@1999", run.Run("2:1@1997", crash));
        Assert.Equal("WM6000 late(2:1@1998)", run.Run("WM6000 2:1@1998", crash));
        Assert.Equal("WM7000", run.Run("WM7000", crash));
        Assert.Equal(0, run.Kept);
    }

    [Theory]
    [InlineData(10, false, "2=2[10000,14600)@14599", "2=3[10000,17500)@17499 WM20000")]
    [InlineData(10, true, "2=2[10000,14600)@14599", "2=3[10000,17500)@17499 WM20000")]
    public void B20_a_late_record_that_touches_a_session_fires_it_again(long lateness, bool crash, string late, string last) =>
        Prefix(lateness, crash, late, last);

    [Theory]
    [InlineData(10_000, false, "2=7[1000,14600)@14599", "2=8[1000,17500)@17499 WM20000")]
    [InlineData(10_000, true, "2=7[1000,14600)@14599", "2=8[1000,17500)@17499 WM20000")]
    public void B22_with_more_lateness_it_joins_the_sessions_before_it_too(long lateness, bool crash, string late, string last) =>
        Prefix(lateness, crash, late, last);

    [Theory, InlineData(false), InlineData(true)]
    public void B24_a_window_takes_records_until_its_end_and_lateness_and_leaves_nothing(bool crash)
    {
        var run = new WindowRun(Of(Tumbling.Of(Us(2)), windowed => windowed.AllowLateness(Us(20))));
        Assert.Equal("WM20", run.Run("WM20", crash));
        Assert.Equal("1=1@1", run.Run("1:1@1", crash));
        Assert.Equal("WM21", run.Run("WM21 1:1@1", crash));
        Assert.Equal(1, run.Late);
        Assert.Equal(0, run.Kept);
        Assert.Equal((0, 0), run.Timers);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B24_the_trigger_is_asked_once_more_when_the_window_is_forgotten(bool crash)
    {
        var run = new WindowRun(Of(Tumbling.Of(Us(20)), windowed => windowed.Trigger(new OnAnyTimer()).AllowLateness(Us(20))));
        Assert.Equal("", run.Run("1:3@5", crash));
        Assert.Equal((1, 0), run.Timers);
        Assert.Equal("WM38", run.Run("WM38", crash));
        Assert.Equal("1=3@19 WM39", run.Run("WM39", crash));
        Assert.Equal((0, 0), run.Timers);
        Assert.Equal(0, run.Kept);
    }

    [Fact]
    public void B24_what_never_ends_has_no_timer_of_its_cleanup()
    {
        var run = new WindowRun(Of(GlobalWindow.Instance, windowed => windowed.Trigger(Trigger.Count(5)).AllowLateness(Us(5))));
        run.Run("1:1@5");
        Assert.Equal((0, 0), run.Timers);
        run = new WindowRun(Of(Tumbling.Of(Us(20)), windowed => windowed.Trigger(Trigger.Count(5)).AllowLateness(Us(50))));
        run.Record(1, 1, long.MaxValue - 30);
        Assert.Equal((0, 0), run.Timers);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B26_a_window_does_what_its_trigger_says(bool crash)
    {
        var run = new WindowRun(Of(Tumbling.Of(Us(100)), windowed => windowed.Trigger(new ByValue())));
        Assert.Equal("", run.Run("1:10@1", crash));
        Assert.Equal("1=11@99", run.Run("1:1@1", crash));
        Assert.Equal("1=13@99", run.Run("1:2@1", crash));
        Assert.Equal("1=1@99", run.Run("1:1@1", crash));
        Assert.Equal("", run.Run("1:3@1", crash));

        // The timer is still there, and finds nothing to put out.
        Assert.Equal((1, 0), run.Timers);
        Assert.Equal("WM99", run.Run("WM99", crash));
        Assert.Equal(0, run.Kept);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_timeout_counts_anew_from_the_record_behind_it(bool crash)
    {
        var run = new WindowRun(Of(
            Tumbling.Of(Us(1000)), windowed => windowed.Trigger(Trigger.ProcessingTimeout(Trigger.EventTime, Us(20)))));
        Assert.Equal("1=1@999", run.Run("1:1@1 PT20", crash));
        Assert.Equal("", run.Run("PT25 1:1@2 PT44", crash));
        Assert.Equal("1=2@999", run.Run("PT45", crash));
        Assert.Equal("1=2@999", run.Run("WM999", crash).Replace(" WM999", "", StringComparison.Ordinal));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R5_early_results_come_at_multiples_of_the_interval_and_at_the_end(bool crash)
    {
        var run = new WindowRun(Of(Tumbling.Of(Us(100)), windowed => windowed.Trigger(Trigger.Continuous(Us(30)))));
        Assert.Equal("1=1@99 WM30", run.Run("1:1@5 WM29 WM30", crash).Replace("WM29 ", "", StringComparison.Ordinal));
        Assert.Equal("1=3@99 1=3@99 1=3@99 WM150", run.Run("1:2@40 WM150", crash));
        Assert.Equal((0, 0), run.Timers);
    }

    [Fact]
    public void A_continuous_trigger_of_a_window_without_end_comes_to_an_end_with_the_stream()
    {
        var run = new WindowRun(Of(GlobalWindow.Instance, windowed => windowed.Trigger(Trigger.Continuous(Us(30)))));
        Assert.Equal("1=1@MAX WM60", run.Run("1:1@35 WM60"));
        Assert.EndsWith("1=3@MAX WMMAX", run.Run("1:2@70 WMMAX"), StringComparison.Ordinal);
        Assert.Equal((0, 0), run.Timers);
    }

    [Fact]
    public void R7_a_trigger_that_cannot_merge_is_refused_for_windows_that_do()
    {
        var windowed = Readings().Window(SessionWindow.WithGap(Us(5)));
        var refused = Assert.Throws<ArgumentException>(() => windowed.Trigger(Trigger.Delta<Reading>(1, (last, now) => 0)));
        Assert.Contains("CanMerge", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_windows_that_are_due_are_asked_and_all_is_given_back()
    {
        var asked = new Asked();
        var run = new WindowRun(Of(Tumbling.Of(Us(10)), windowed => windowed.Trigger(asked)));
        for (var i = 0; i < 50_000; i++)
        {
            run.Record(i, 1, i * 10L);
        }

        Assert.Equal(50_000, run.Timers.Event);
        run.Watermark(29);
        Assert.Equal(3, asked.Calls);
        run.Watermark(29 + 10);
        Assert.Equal(4, asked.Calls);
        run.Watermark(long.MaxValue);
        Assert.Equal(50_000, asked.Calls);
        Assert.Equal((0, 0), run.Timers);
        Assert.Equal(0, run.Kept);
    }

    private static void Prefix(long lateness, bool crash, string late, string last)
    {
        var run = new WindowRun(Of(SessionWindow.WithGap(Us(3000)), windowed => windowed.AllowLateness(Us(lateness)).LateTo(out _)));
        Assert.Equal("WM1999 WM4998 WM7400", run.Run("2:1@1000 WM1999 2:1@2000 WM4998 2:1@4500 2:1@8500 WM7400", crash));
        Assert.Equal("2=5[1000,11500)@11499 WM11501", run.Run("2:1@7000 WM11501", crash));
        Assert.Equal("2=1[11600,14600)@14599 WM14600", run.Run("2:1@11600 WM14600", crash));
        Assert.Equal(late, run.Run("2:1@10000", crash));
        Assert.Equal(last, run.Run("2:1@14500 WM20000", crash));
        run.Run("WMMAX", crash);
        Assert.Equal(0, run.Kept);
        Assert.Equal((0, 0), run.Timers);
    }

    private sealed class OnAnyTimer : Trigger<Reading, int>
    {
        public override TriggerResult OnRecord(Reading record, long time, ref int state, TriggerContext context) => TriggerResult.Wait;

        public override TriggerResult OnEventTime(long time, ref int state, TriggerContext context)
        {
            Assert.Equal(39, time);
            return TriggerResult.Fire;
        }
    }

    private sealed class ByValue : Trigger<Reading, int>
    {
        public override TriggerResult OnRecord(Reading record, long time, ref int state, TriggerContext context)
        {
            context.RegisterEventTimer(context.Window.MaxTime);
            return record.Value switch
            {
                1 => TriggerResult.Fire,
                2 => TriggerResult.FireAndPurge,
                3 => TriggerResult.Purge,
                _ => TriggerResult.Wait,
            };
        }

        public override TriggerResult OnEventTime(long time, ref int state, TriggerContext context) => TriggerResult.Fire;
    }

    private sealed class Asked : Trigger<Reading, int>
    {
        public int Calls { get; private set; }

        public override TriggerResult OnRecord(Reading record, long time, ref int state, TriggerContext context)
        {
            state++;
            return TriggerResult.Wait;
        }

        public override TriggerResult OnEventTime(long time, ref int state, TriggerContext context)
        {
            Calls++;
            return TriggerResult.Wait;
        }
    }

    // Counts down from what it begins with.
    private sealed class FireAndPurgeAtTwo : Trigger<Reading, int>
    {
        public override int Create() => 2;

        public override TriggerResult OnRecord(Reading record, long time, ref int state, TriggerContext context)
        {
            state--;
            if (state > 0)
            {
                return TriggerResult.Wait;
            }

            state = Create();
            return TriggerResult.FireAndPurge;
        }
    }
}
