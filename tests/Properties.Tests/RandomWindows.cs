using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Model;

namespace Weir.Properties.Tests;

/// <summary>Random windows of each kind.</summary>
internal static class RandomWindows
{
    public static Gen<WindowsOf> Tumbling =>
        from size in Gen.Choose(1, 40)
        from offset in Gen.Choose(-size + 1, size - 1)
        select WindowsOf.Tumbling(size, offset);

    /// <summary>Sizes that are any multiple of the slide, none, and smaller than it.</summary>
    public static Gen<WindowsOf> Sliding =>
        from size in Gen.Choose(1, 60)
        from slide in Gen.Choose(1, 60)
        from offset in Gen.Choose(-slide + 1, slide - 1)
        select WindowsOf.Sliding(size, slide, offset);

    public static Gen<WindowsOf> Cumulative =>
        from step in Gen.Choose(1, 20)
        from steps in Gen.Choose(1, 8)
        from offset in Gen.Choose((-step * steps) + 1, (step * steps) - 1)
        select WindowsOf.Cumulative(step * steps, step, offset);

    /// <summary>Around days on which clocks are set, in zones of several habits.</summary>
    public static Gen<WindowsOf> Calendar =>
        from unit in Gen.Choose(0, CalendarModel.UnitCount - 1)
        from zone in Gen.Elements(CalendarModel.Zones)
        from year in Gen.Choose(1971, 2037)
        from turn in Gen.Elements((3, 27), (4, 4), (10, 20), (10, 28), (11, 3), (1, 1), (7, 1))
        select CalendarModel.Of(unit, zone, EventTime.Of(new DateTime(year, turn.Item1, turn.Item2, 0, 0, 0, DateTimeKind.Utc)));

    public static Gen<WindowsOf> Session => from gap in Gen.Choose(1, 40) select WindowsOf.Session(gap);

    public static Gen<WindowsOf> Any => Gen.OneOf(Tumbling, Sliding, Cumulative, Calendar, Session);
}
