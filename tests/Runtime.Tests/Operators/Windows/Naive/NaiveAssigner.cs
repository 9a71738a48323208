using System.Text.Json;

namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>The windows of a record, and what an evictor leaves of records, by definition.</summary>
internal static class NaiveAssigner
{
    /// <summary>The windows of a record.</summary>
    public static IEnumerable<(long Start, long End)> Of(JsonElement assigner, long value, long? time)
    {
        switch (assigner.GetProperty("type").GetString())
        {
            case "tumbling":
                return Holding(Needed(time), Number("size"), Number("size"), Number("offset"));
            case "sliding":
                return Holding(Needed(time), Number("size"), Number("slide"), Number("offset"));
            case "session":
                return [(time ?? long.MinValue, (time ?? long.MinValue) + Number("gap"))];
            case "dynamic_session":
                var gap = Number("base") + (Number("step") * (value % Number("mod")));
                return [(time ?? long.MinValue, (time ?? long.MinValue) + gap)];
            case "global" or "global_eos":
                return [(long.MinValue, long.MaxValue)];
            case var other:
                throw new JsonException($"The assigner '{other}' is not known.");
        }

        long Number(string name) => assigner.GetProperty(name).GetInt64();
    }

    /// <summary>What is left of records.</summary>
    public static List<(long Value, long? Time, int Arrival)> Evicted(
        JsonElement evictor, List<(long Value, long? Time, int Arrival)> records)
    {
        switch (evictor.GetProperty("type").GetString())
        {
            case "count":
                return [.. records.TakeLast((int)evictor.GetProperty("n").GetInt64())];
            case "time" when records.Count > 0 && records[0].Time is not null:
                var newest = records.Max(record => record.Time ?? long.MinValue);
                return [.. records.Where(record => (record.Time ?? long.MinValue) > newest - evictor.GetProperty("keep").GetInt64())];
            case "delta" when records.Count > 0:
                var last = records[^1].Value;
                return [.. records.Where(record => !(last - record.Value >= evictor.GetProperty("threshold").GetDouble()))];
            default:
                return records;
        }
    }

    private static long Needed(long? time) => time ?? throw new InvalidOperationException("The record has no time.");

    // All windows [offset + n · slide, … + size) that hold a time, looked for among all that might.
    private static IEnumerable<(long Start, long End)> Holding(long time, long size, long slide, long offset)
    {
        var first = ((time - size - offset) / slide) - 2;
        var last = ((time - offset) / slide) + 2;
        for (var n = first; n <= last; n++)
        {
            var start = offset + (n * slide);
            if (start <= time && time < start + size)
            {
                yield return (start, start + size);
            }
        }
    }
}
