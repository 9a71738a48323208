using FsCheck;
using FsCheck.Fluent;

namespace Weir.Properties.Tests;

/// <summary>Random streams: few keys, time that runs on with steps back, ties and long silences, on both sides of the epoch.</summary>
internal static class Streams
{
    public static Gen<IReadOnlyList<Event>> Events(int most, long step, long origin) =>
        from count in Gen.Choose(0, most)
        from start in Gen.Choose(-20, 20)
        from steps in Gen.ListOf(One, count)
        select (IReadOnlyList<Event>)InOrder(origin + (start * step), step, steps);

    // In hundredths of a step, so that times are not multiples of it.
    private static Gen<(string Key, int Value, int Step, int Back)> One =>
        from key in Gen.Elements("a", "b", "c")
        from value in Gen.Choose(-9, 9)
        from forward in Gen.Frequency((1, Gen.Constant(0)), (8, Gen.Choose(0, 100)), (1, Gen.Choose(0, 1200)))
        from back in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, 300)), (1, Gen.Choose(0, 1500)))
        select (key, value, forward, back);

    private static List<Event> InOrder(long start, long unit, IEnumerable<(string Key, int Value, int Step, int Back)> steps)
    {
        var now = start;
        var events = new List<Event>();
        foreach (var (key, value, step, back) in steps)
        {
            now += step * unit / 100;
            events.Add(new Event(key, value, now - (back * unit / 100)));
        }

        return events;
    }
}
