using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Jobs;
using Weir.Properties.Tests.Model;

namespace Weir.Properties.Tests;

/// <summary>Windows of event time give what their rules say, read word by word: each result once, each late record once.</summary>
public sealed class WindowsTests
{
    [Fact]
    public void Tumbling_windows() => Holds(
        from size in Gen.Choose(1, 40)
        from offset in Gen.Choose(-size + 1, size - 1)
        select WindowsOf.Tumbling(size, offset));

    [Fact]
    public void Sliding_windows_whose_size_is_any_multiple_of_the_slide_or_none() => Holds(
        from size in Gen.Choose(1, 60)
        from slide in Gen.Choose(1, 60)
        from offset in Gen.Choose(-slide + 1, slide - 1)
        select WindowsOf.Sliding(size, slide, offset));

    [Fact]
    public void Cumulative_windows() => Holds(
        from step in Gen.Choose(1, 20)
        from steps in Gen.Choose(1, 8)
        from offset in Gen.Choose((-step * steps) + 1, (step * steps) - 1)
        select WindowsOf.Cumulative(step * steps, step, offset));

    [Fact]
    public void Windows_of_the_calendar_in_zones_whose_clocks_are_set() => Holds(
        from unit in Gen.Choose(0, CalendarModel.UnitCount - 1)
        from zone in Gen.Elements(CalendarModel.Zones)
        from year in Gen.Choose(1971, 2037)
        from turn in Gen.Elements((3, 27), (4, 4), (10, 20), (10, 28), (11, 3), (1, 1), (7, 1))
        select CalendarModel.Of(unit, zone, EventTime.Of(new DateTime(year, turn.Item1, turn.Item2, 0, 0, 0, DateTimeKind.Utc))));

    [Fact]
    public void Sessions() => Holds(from gap in Gen.Choose(1, 40) select WindowsOf.Session(gap));

    [Fact]
    public void The_model_itself_can_be_wrong()
    {
        // A model of windows that are one longer than the product's disagrees: the comparison is not empty.
        var wrong = WindowsOf.Tumbling(10, 0) with { Of = WindowsOf.Tumbling(11, 0).Of };

        Assert.ThrowsAny<Exception>(() => Holds(Gen.Constant(wrong)));
    }

    private static void Holds(Gen<WindowsOf> windows) =>
        Property.Holds(LateCase.Of(windows), tried => tried.Smaller(), Difference);

    private static string? Difference(LateCase tried)
    {
        var expected = Run.Sorted(NaiveWindows.Run(tried.Windows, lateness: 0, tried.Events, tried.Disorder));
        var actual = tried.Run.Of((job, sink) => WindowPipelines.Late(
            job, new ListSource<Event>(tried.Events), sink, tried.Windows.Kind, TimeSpan.FromMicroseconds(tried.Disorder)));
        return expected.SequenceEqual(actual)
            ? null
            : $"{tried}\nexpected {string.Join("; ", expected)}\nbut came {string.Join("; ", actual)}";
    }
}
