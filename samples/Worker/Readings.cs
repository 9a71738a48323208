using Weir;

namespace Worker;

/// <summary>A sensor that never ends, and its readings above zero as JSON lines.</summary>
internal static class Readings
{
    [Pipeline]
    public static void Define(Job job, string output) => job
        .From(Generate.Records(static index => new Reading(index, (index % 41) - 20)))
        .Where(reading => reading.Celsius > 0)
        .To(Files.JsonLines<Reading>(output));
}
