using System.Globalization;

namespace Weir.Runtime.Tests.Operators.Keyed;

public sealed class ProcessTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void D1_late_records_reach_a_process_and_see_watermark_and_time(bool crash)
    {
        var script = new ProcessScript(crash, (_, value, context) =>
            context.Emit(string.Create(CultureInfo.InvariantCulture, $"{value},wm={context.Watermark},ts={context.Time}")));
        script.Watermark(17).Record(1, 5, 12).Watermark(42).Record(1, 6, 13);
        Assert.Equal("WM17 5,wm=17,ts=12@12 WM42 6,wm=42,ts=13@13", script.Came());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void D2_results_of_event_timers_carry_their_time_and_come_before_the_watermark(bool crash)
    {
        var script = new ProcessScript(
            crash,
            (_, value, context) =>
            {
                context.Emit($"{value}");
                context.RegisterEventTimer(context.Watermark + 5);
            },
            (_, _, context) => context.Emit("1777"));
        script.Watermark(0).Record(17, 17, 42).Watermark(5);
        Assert.Equal("WM0 17@42 1777@5 WM5", script.Came());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void D4_state_and_timers_belong_to_their_key_and_a_deleted_timer_does_not_fire(bool crash)
    {
        var script = new ProcessScript(
            crash,
            (process, value, context) =>
            {
                if (process.Value.HasValue)
                {
                    process.Value.Clear();
                    context.DeleteEventTimer(context.Watermark + 4);
                    return;
                }

                context.Emit($"INPUT:{value}");
                process.Value.Value = value;
                context.RegisterEventTimer(context.Watermark + 5);
            },
            (process, _, context) => context.Emit($"STATE:{process.Value.Value}"));
        script.Watermark(1).Record(17, 17, 0).Record(13, 13, 0).Watermark(2).Record(42, 42, 1).Record(13, 13, 1).Watermark(6).Watermark(7);
        Assert.Equal("WM1 INPUT:17@0 INPUT:13@0 WM2 INPUT:42@1 STATE:17@6 WM6 STATE:42@7 WM7", script.Came());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void D6_timers_of_a_key_are_told_apart_by_name(bool crash)
    {
        var script = new ProcessScript(
            crash,
            (_, value, context) =>
            {
                foreach (var name in new[] { "ciao", "hello" })
                {
                    context.RegisterEventTimer(10, name);
                    context.RegisterEventTimer(10, name);
                }

                context.DeleteEventTimer(10, value == 1 ? "hello" : "ciao");
                context.DeleteEventTimer(11, "ciao");
            },
            (_, timer, context) => context.Emit($"{context.Key}:{timer.Name}"));
        script.Record(1, 1, 0).Record(2, 2, 0).Watermark(9).Watermark(10).Watermark(11);

        // Between two watermarks the order of timers of one time is free.
        var came = script.Came().Split(' ');
        Assert.Equal(["WM9", "1:ciao@10", "2:hello@10", "WM10", "WM11"], [came[0], .. came[1..3].Order(), .. came[3..]]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void D8_side_outputs_keep_the_time_of_the_record(bool crash)
    {
        var script = new ProcessScript(crash, (_, value, context) =>
        {
            context.Emit($"IN:{value}");
            context.Emit(ProcessScript.Whole, value);
            context.Emit(ProcessScript.Text, $"{value}");
            context.Emit(new SideOutput<int>("nobody"), 1);
            Assert.Throws<ArgumentNullException>(() => context.Emit<int>(null!, 1));
        });
        script.Record(42, 42, 17);
        Assert.Equal(["IN:42@17", "text=42@17", "whole=42@17"], script.Came().Split(' ').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_side_output_of_a_processing_timer_carries_its_time_and_the_result_none()
    {
        var script = new ProcessScript(
            crash: true,
            (_, _, context) => Assert.Equal(30, context.RegisterProcessingTimerAfter(TimeSpan.FromMicroseconds(20))),
            (_, timer, context) =>
            {
                Assert.Null(context.Time);
                context.Emit($"at {context.ProcessingTime}");
                context.Emit(ProcessScript.Whole, timer.Time);
            });
        script.Clock(10).Record(1, 1, 5).Clock(29).Clock(35);
        Assert.Equal("at 35@none whole=30@30", script.Came());
    }

    [Fact]
    public void A_record_without_a_time_of_its_own_has_none_and_its_results_neither()
    {
        var script = new ProcessScript(crash: false, (_, value, context) =>
        {
            context.Emit($"{value}:{context.Time is null}");
            Assert.Throws<InvalidOperationException>(() => context.RegisterEventTimerAfter(TimeSpan.FromSeconds(1)));
        });
        script.Record(1, 1, long.MinValue);
        Assert.Equal("1:True@none", script.Came());
    }

    [Fact]
    public void A_stream_without_event_times_has_results_without()
    {
        var harness = new ProcessHarness<(long Key, long Value)>(
            ProcessScript.StageOf((_, value, context) => context.Emit($"{value}")), isTimed: false);
        harness.Records(((1, 1), 0));
        Assert.Equal("1", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void A_timer_that_always_registers_another_in_time_fires_with_the_same_watermark()
    {
        var script = new ProcessScript(
            crash: false,
            (_, _, context) => context.RegisterEventTimer(1),
            (_, timer, context) =>
            {
                context.Emit($"{timer.Time}");
                context.RegisterEventTimer(timer.Time + 2);
            });
        script.Record(1, 1, 0).Watermark(6);
        Assert.Equal("1@1 3@3 5@5 WM6", script.Came());
    }

    [Fact]
    public void What_one_record_emits_waits_where_there_is_no_room_and_nothing_overtakes_it()
    {
        var stage = ProcessScript.StageOf(
            (_, value, context) =>
            {
                for (var i = 0; i < value; i++)
                {
                    context.Emit("x");
                }

                context.Emit($"end of {value}");
                context.RegisterEventTimer(10);
            },
            (_, _, context) => context.Emit("timer"));
        var harness = new ProcessHarness<(long Key, long Value)>(stage) { MakesRoom = false };
        harness.Records(((1, 40_000), 1), ((2, 3), 2));
        Assert.True(harness.IsHeld);
        harness.Watermark(10);
        harness.Idle(true);
        var steps = 1;
        for (; harness.IsHeld; steps++)
        {
            harness.Room();
        }

        var made = harness.Take();
        Assert.InRange(steps, 3, 4);
        Assert.Equal(40_003, made.Count(record => Equals(record.Value, "x")));
        Assert.Equal(
            ["end of 40000@1", "end of 3@2", "timer@10", "timer@10", "WM10", "idle"],
            made.Where(record => !Equals(record.Value, "x")).Select(record => $"{record}"));
    }

    [Fact]
    public void A_hundred_thousand_timers_of_one_watermark_are_many_steps()
    {
        var fired = 0;
        var stage = ProcessScript.StageOf((_, _, context) => context.RegisterEventTimer(10), (_, _, _) => fired++);
        var harness = new ProcessHarness<(long Key, long Value)>(stage) { MakesRoom = false };
        harness.Records([.. Enumerable.Range(0, 100_000).Select(key => ((long)key, 0L)).Select(record => (record, 1L))]);
        harness.Watermark(10);
        Assert.InRange(fired, 1, 20_000);
        Assert.Empty(harness.Take());
        while (harness.IsHeld)
        {
            harness.Room();
        }

        Assert.Equal(100_000, fired);
        Assert.Equal("WM10", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void A_failure_says_which_key_it_was()
    {
        var script = new ProcessScript(crash: false, (_, _, _) => throw new InvalidOperationException("no such card"));
        var failure = Assert.Throws<OperatorException>(() => script.Record(17, 1, 0));
        Assert.Contains("handling a record of the key '17' with", failure.Message, StringComparison.Ordinal);
        Assert.Contains(": no such card", failure.Message, StringComparison.Ordinal);
    }
}
