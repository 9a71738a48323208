using FsCheck;
using FsCheck.Fluent;

namespace Weir.Execution.Tests.Pipelines;

/// <summary>Readings made by FsCheck: few sensors, times that run forward with some disorder, numbers with their awkward values.</summary>
internal static class Readings
{
    private const int Lists = 20;

    /// <summary>Runs a test for some lists; what they are depends on the seed alone, which a failure shows.</summary>
    public static async Task ForEach(Func<IReadOnlyList<Reading>, Task> test)
    {
        for (var i = 0; i < Lists; i++)
        {
            IReadOnlyList<Reading> readings = [.. InOrder(One.Sample(10 + i, new Rnd((ulong)i + 1), 40 * i))];
            try
            {
                await test(readings);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"List {i} of {readings.Count} readings", e);
            }
        }
    }

    /// <summary>So many readings, always the same.</summary>
    public static IReadOnlyList<Reading> Some(int count) => [.. InOrder(One.Sample(count, new Rnd(7), 200))];

    private static IEnumerable<Reading> InOrder(IEnumerable<Reading> readings)
    {
        var now = -3_000_000L;
        foreach (var reading in readings)
        {
            // A step of up to an eighth of a second, and up to half a second late; windows are a second.
            now += reading.Time & 0x1FFFF;
            yield return reading with { Time = now - (reading.Time >> 12 & 0x7FFFF) };
        }
    }

    private static Gen<Reading> One =>
        from sensor in Gen.Elements("a", "b", "c", "", "a longer name")
        from level in ArbMap.Default.GeneratorFor<int>()
        from time in Gen.Choose(0, int.MaxValue)
        from value in Gen.Elements(0.0, -0.0, 1.5, -2.25, double.NaN, double.PositiveInfinity, 1e300)
        from small in Gen.Elements(0f, 1.1f, -3.3f, float.NaN, 1e30f)
        from price in Gen.Elements(0m, 1.0m, 1.00m, -7.35m, 1e20m)
        from maybe in Gen.Elements<int?>(null, 1, -5, 7)
        from perhaps in Gen.Elements<double?>(null, 1.5, double.NaN, -4)
        from note in Gen.Elements<string?>(null, "", "x", "note", "Note")
        from colour in Gen.Elements(Colour.Red, Colour.Green, Colour.Blue)
        select new Reading(sensor, level, time, value, small, price, maybe, perhaps, note, colour);
}
