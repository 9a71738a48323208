using System.Globalization;

namespace Weir.Simulation.Tests.Timers;

/// <summary>
/// Timers of event time and of processing time through a subtask, in any order of steps and time, undisturbed and restored before every
/// item.
/// </summary>
public sealed class TimerTests
{
    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory, InlineData(false), InlineData(true)]
    public void D2_an_event_timer_fires_with_its_own_time_and_before_the_watermark_that_fires_it(bool crash) => ForSeeds(seed =>
    {
        var script = new TimedScript(
            seed,
            crash,
            (op, value, time) =>
            {
                op.Emit($"{op.Key}@{time}");
                op.Register(false, value, op.Watermark + 5);
            },
            (op, _, time) => op.Emit($"{op.Key * 100 + 77}@{time}"));
        Assert.Equal("WM0 17@42 1777@5 WM5", script.Run("WM0 17:x@42 WM5"));
        Assert.Equal(0, script.Timers);
    });

    [Theory, InlineData(false), InlineData(true)]
    public void D2_a_clock_timer_fires_when_its_time_has_come_and_no_sooner(bool crash) => ForSeeds(seed =>
    {
        var early = 0;
        var script = new TimedScript(
            seed,
            crash,
            (op, value, _) =>
            {
                op.Emit($"{op.Key}");
                op.Register(true, value, op.Now + 5_000_000);
            },
            (op, _, time) =>
            {
                early += op.Now < time ? 1 : 0;
                op.Emit($"{op.Key}77");
            });
        Assert.Equal("17 WM9 1777 WM10", script.Run("17:x@42 WM9 PT60000 WM10"));
        Assert.Equal((0, 0), (early, script.Timers));
    });

    [Theory, InlineData(false), InlineData(true)]
    public void D4_keys_have_timers_of_their_own_and_a_deleted_one_never_fires(bool crash) => ForSeeds(seed =>
    {
        // The watermark that the timer was registered behind is what the second record deletes it by: the value of the key.
        var script = new TimedScript(
            seed,
            crash,
            (op, value, time) =>
            {
                if (op.Value == 0)
                {
                    op.Emit($"INPUT:{op.Key}@{time}");
                    op.Value = op.Key;
                    op.Register(false, "t", op.Watermark + 5);
                }
                else
                {
                    op.Value = 0;
                    Assert.True(op.Delete(false, "t", op.Watermark + 4));
                }
            },
            (op, _, time) => op.Emit($"STATE:{op.Value}@{time}"));
        Assert.Equal(
            "WM1 INPUT:17@0 INPUT:13@0 WM2 INPUT:42@1 STATE:17@6 WM6 STATE:42@7 WM7",
            script.Run("WM1 17:x@0 13:x@0 WM2 42:x@1 13:x@1 WM6 WM7"));
    });

    [Theory, InlineData(false), InlineData(true)]
    public void D4_the_same_holds_for_timers_of_the_clock(bool crash) => ForSeeds(seed =>
    {
        var script = new TimedScript(
            seed,
            crash,
            (op, value, time) =>
            {
                if (op.Value == 0)
                {
                    op.Emit($"INPUT:{op.Key}");
                    op.Value = op.Now + (op.Key * 1_000_000);
                    op.Register(true, "t", op.Value);
                }
                else
                {
                    Assert.True(op.Delete(true, "t", op.Value));
                    op.Value = 0;
                }
            },
            (op, _, time) => op.Emit(op.Value == time ? $"STATE:{op.Key}" : $"wrong {op.Key}"));
        Assert.Equal(
            "INPUT:17 INPUT:13 INPUT:42 STATE:17 STATE:42",
            script.Run("17:x@0 13:x@0 42:x@1 13:x@1 PT120000"));
    });

    [Theory, MemberData(nameof(Ways))]
    public void D6_deleting_takes_the_timer_of_that_key_and_namespace_alone(bool byClock, bool crash) => ForSeeds(seed =>
    {
        var at = byClock ? new TimedScript(seed, crash, null!, null!).Start + 900_000_000 : 10;
        var script = new TimedScript(
            seed,
            crash,
            (op, value, _) => Assert.True(value[0] == '+' ? op.Register(byClock, value[1..], at) : op.Delete(byClock, value[1..], at)),
            (op, name, time) => op.Emit($"{op.Key}{name}{(time == at ? "" : $" at {time}")}"));
        var fired = script.Run($"1:+ciao@0 1:+hello@0 2:+ciao@0 2:+hello@0 1:-hello@0 2:-ciao@0 {(byClock ? "PT1000000" : "WM10")}");

        // Between equal times the order is free.
        Assert.Equal("1ciao 2hello", string.Join(' ', fired.Split(' ').Where(line => line[0] != 'W').Order(StringComparer.Ordinal)));
        Assert.Equal(0, script.Timers);
    });

    [Theory, MemberData(nameof(Ways))]
    public void R9_timers_are_a_set_in_order_of_time_and_their_callback_sees_its_key(bool byClock, bool crash) => ForSeeds(seed =>
    {
        var start = byClock ? new TimedScript(seed, crash, null!, null!).Start : 0;
        long At(string seconds) => start + (long.Parse(seconds, CultureInfo.InvariantCulture) * 1_000_000);
        var script = new TimedScript(
            seed,
            crash,
            (op, value, _) =>
            {
                op.Register(byClock, "n", At(value));
                op.Value = op.Key * 10;
            },
            (op, _, time) =>
            {
                op.Emit($"{op.Key}={op.Value}@{(time - start) / 1_000_000}");
            });
        var fired = script.Run($"1:900@0 2:700@0 1:900@0 3:800@0 1:600@0 2:700@0 {(byClock ? "PT2000000" : "WM2000000000")}");
        Assert.Equal($"1=10@600 2=20@700 3=30@800 1=10@900{(byClock ? "" : " WM2000000000")}", fired);
        Assert.Equal(0, script.Timers);
    });

    private static void ForSeeds(Action<int> test)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            test(seed);
        }
    }
}
