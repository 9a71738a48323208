using System.Globalization;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Time;

public sealed class WatermarkValveTests
{
    [Fact]
    public void E4_one_channel_passes_what_advances() =>
        Check(1, "0:0→0", "0:25→25", "0:18→", "0:42→42");

    [Fact]
    public void E6_three_channels_pass_the_least() =>
        Check(3, "0:0→", "1:0→", "2:0→0", "0:12→", "2:8→", "2:10→", "1:15→10", "2:17→12", "0:20→15");

    [Fact]
    public void E8_an_idle_channel_holds_nothing_back() =>
        Check(3, "0:25→", "1:10→", "2:17→10", "1:idle→17", "2:idle→25");

    [Fact]
    public void E10_a_channel_that_wakes_up_counts_only_when_it_has_caught_up() =>
        Check(3, "0:10→", "1:7→", "2:3→3", "2:idle→7", "2:active→", "2:5→", "2:9→", "1:12→9");

    [Fact]
    public void E12_a_channel_that_falls_idle_before_it_caught_up_changes_nothing() =>
        Check(2, "0:7→", "1:10→7", "0:idle→10", "0:active→", "0:9→", "0:idle→");

    [Fact]
    public void R10_in_any_order_the_output_only_grows_and_never_exceeds_an_aligned_active_channel()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var valve = new WatermarkValve(3);
            var newest = new long[] { long.MinValue, long.MinValue, long.MinValue };
            var idle = new bool[3];
            var output = long.MinValue;
            for (var step = 0; step < 100; step++)
            {
                var channel = random.Next(3);
                Watermark? passed;
                if (random.Next(4) == 0)
                {
                    idle[channel] = !idle[channel];
                    passed = valve.OnIdle(channel, idle[channel]);
                }
                else
                {
                    var watermark = random.Next(step + 1);
                    passed = valve.OnWatermark(channel, new Watermark(watermark));
                    newest[channel] = idle[channel] ? newest[channel] : Math.Max(newest[channel], watermark);
                }

                if (passed is { } advanced)
                {
                    Assert.True(advanced.Time > output, $"seed {seed}, step {step}");
                    Assert.True(newest.Any(other => other == advanced.Time), $"seed {seed}, step {step}");
                    output = advanced.Time;
                }

                Assert.Equal(idle.All(isIdle => isIdle), valve.IsIdle);
            }
        }
    }

    private static void Check(int channels, params string[] steps)
    {
        var valve = new WatermarkValve(channels);
        foreach (var step in steps)
        {
            var parts = step.Split(':', '→');
            var channel = int.Parse(parts[0], CultureInfo.InvariantCulture);
            var passed = parts[1] is "idle" or "active"
                ? valve.OnIdle(channel, parts[1] == "idle")
                : valve.OnWatermark(channel, new Watermark(long.Parse(parts[1], CultureInfo.InvariantCulture)));
            Assert.Equal(step, $"{parts[0]}:{parts[1]}→{passed?.Time.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
