using static Weir.Runtime.Tests.Operators.Windows.Sums;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Near the ends of time, by windows of a microsecond and of ages, with watermarks that jump and batches without records, a fast form gives
/// what the general one gives, plain and restored before every step.
/// </summary>
public sealed class ExtremeTimesTests
{
    private static readonly long[] Origins =
        [long.MinValue + 1, long.MinValue + 2000, -1, 0, 1 << 20, long.MaxValue - 2000, long.MaxValue - 1, long.MaxValue];

    [Theory, InlineData(false), InlineData(true)]
    public void A_fast_form_gives_what_the_general_one_gives(bool crash)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var kind = Kind(new Random(seed));
            var fast = new WindowRun(Of(kind, static windowed => windowed.LateTo(out _)));
            var general = new WindowRun(Of(kind, static windowed => windowed.Trigger(Trigger.EventTime).LateTo(out _)));
            var (one, other) = (Steps(seed, fast, crash), Steps(seed, general, crash));
            for (var step = 0; step < other.Count; step++)
            {
                Assert.Equal($"seed {seed}, {kind}, step {step}: {other[step]}", $"seed {seed}, {kind}, step {step}: {one[step]}");
            }
        }
    }

    private static List<string> Steps(int seed, WindowRun run, bool crash)
    {
        var random = new Random(seed);
        _ = Kind(random);
        var (origin, spread) = (Origins[random.Next(Origins.Length)], random.Next(2) == 0 ? 30 : 3000);
        var (watermark, steps) = (long.MinValue, new List<string>());
        for (var i = 0; i < 25; i++)
        {
            run.Output.Clear();
            if (crash || random.Next(6) == 0)
            {
                run.Restore();
            }

            steps.Add(random.Next(5) == 0 ? $"WM{watermark = Math.Max(watermark, Near(random, origin, spread))}" : "records");
            if (steps[^1] == "records")
            {
                run.Records([.. Enumerable.Range(0, random.Next(4)).Select(_ =>
                    (new Reading(random.Next(3), random.Next(10)), Near(random, origin, spread)))]);
            }
            else
            {
                run.Watermark(watermark);
            }

            steps[^1] += $": {run.Sorted()}";
        }

        run.Output.Clear();
        run.Watermark(long.MaxValue);
        steps.Add(run.Sorted());
        return steps;
    }

    private static WindowKind Kind(Random random)
    {
        long[] sizes = [1, 2, 7, 60, 1000, 3_600_000_000, 50_000 * 86_400_000_000];
        var size = sizes[random.Next(sizes.Length)];
        var slide = Math.Max(1, size / random.Next(1, 6));
        return random.Next(4) switch
        {
            0 => Tumbling.Of(Us(size), Us(random.NextInt64(-size + 1, size))),
            1 => Sliding.Of(Us(size), Us(slide), Us(random.NextInt64(-slide + 1, slide))),
            2 => Cumulative.Of(Us(slide * 4), Us(slide), Us(random.NextInt64(-slide + 1, slide))),
            _ => SessionWindow.WithGap(Us(size)),
        };
    }

    private static long Near(Random random, long origin, int spread) =>
        (long)Int128.Clamp((Int128)origin + random.Next(-spread, spread), long.MinValue + 1, long.MaxValue);
}
