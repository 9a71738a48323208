using static Weir.Runtime.Tests.Operators.Windows.Sums;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>The fast forms give exactly what the general one gives, and that gives the same however often it is stopped.</summary>
public sealed class GeneralFormTests
{
    [Theory]
    [InlineData("tumbling")]
    [InlineData("sliding")]
    [InlineData("uneven sliding")]
    [InlineData("cumulative")]
    [InlineData("session")]
    [InlineData("count")]
    [InlineData("sliding count")]
    public void A_fast_form_gives_what_the_general_one_gives_on_random_streams(string kind)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (fast, general) = Both(kind);
            Assert.NotEqual(WindowForm.General, fast.WindowForm);
            Assert.Equal(WindowForm.General, general.WindowForm);
            var (one, other) = (new WindowRun(fast), new WindowRun(general));
            Feed(one, new Random(seed));
            Feed(other, new Random(seed));
            Assert.Equal($"{kind} {seed}: {other.Sorted()}", $"{kind} {seed}: {one.Sorted()}");
            Assert.Equal(other.Late, one.Late);
        }
    }

    [Theory, InlineData("sliding"), InlineData("session"), InlineData("sliding count")]
    public void Being_stopped_at_any_record_changes_nothing(string kind)
    {
        var held = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var general = Both(kind).General;
            var (free, stopped) = (new WindowRun(general), new WindowRun(Both(kind).General, new Random(seed)));
            Feed(free, new Random(seed));
            Feed(stopped, new Random(seed), () => held += stopped.IsHeld ? 1 : 0);
            stopped.Drain();
            Assert.Equal(
                $"{seed}: {string.Join(' ', free.Output.Where(line => line.Kind != "late"))}",
                $"{seed}: {string.Join(' ', stopped.Output.Where(line => line.Kind != "late"))}");
            Assert.Equal(
                $"{seed}: {string.Join(' ', free.Output.Where(line => line.Kind == "late"))}",
                $"{seed}: {string.Join(' ', stopped.Output.Where(line => line.Kind == "late"))}");
        }

        Assert.True(held > 100, $"it was held only {held} times");
    }

    private static (Graph.Stage Fast, Graph.Stage General) Both(string kind)
    {
        WindowKind windows = kind switch
        {
            "tumbling" => Tumbling.Of(Us(20), Us(3)),
            "sliding" => Sliding.Of(Us(20), Us(5), Us(-2)),
            "uneven sliding" => Sliding.Of(Us(20), Us(7)),
            "cumulative" => Cumulative.Of(Us(20), Us(5)),
            "session" => SessionWindow.WithGap(Us(6)),
            "count" => CountWindow.Of(3),
            _ => CountWindow.Of(5, 2),
        };
        var isCount = windows is CountWindow;
        var fast = Listed(isCount ? Readings().Window(windows) : Readings().Window(windows).LateTo(out _));
        return (fast, kind switch
        {
            "count" => Listed(Readings().Window(GlobalWindow.Instance).Trigger(Trigger.Count(3)).Discarding()),
            "sliding count" => Listed(Readings().Window(GlobalWindow.Instance).Trigger(Trigger.Count(2)).Evict(Evictor.Count(5))),
            _ => Listed(Readings().Window(windows).LateTo(out _).Trigger(Trigger.EventTime)),
        });
    }

    private static Graph.Stage Listed(WindowedStream<Reading, long> windowed) => windowed
        .Aggregate(g => $"{g.Key}={string.Join(',', g.Select(reading => reading.Value))}[{g.Window.StartTime},{g.Window.EndTime})")
        .Stage;

    private static void Feed(WindowRun run, Random random, Action? looked = null)
    {
        var watermark = -30L;
        for (var i = 0; i < 60; i++)
        {
            if (random.Next(4) == 0)
            {
                watermark += random.Next(12);
                run.Watermark(watermark);
            }
            else
            {
                run.Records([.. Enumerable.Range(0, random.Next(1, 5))
                    .Select(n => (new Reading(random.Next(3), (i * 10) + n), watermark + random.Next(-25, 40)))]);
            }

            looked?.Invoke();
            if (random.Next(3) == 0)
            {
                run.Drain();
            }
        }

        run.Watermark(long.MaxValue);
    }
}
