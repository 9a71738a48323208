using System.Globalization;
using Weir.Victim;

namespace Weir.Kills.Tests;

/// <summary>The rows that the victim's job must give, computed by plain loops over its readings.</summary>
internal static class ExpectedRows
{
    private const long Second = 1_000_000;

    /// <summary>The rows, sorted.</summary>
    public static IReadOnlyList<string> Of(int splits, int each)
    {
        var rows = new List<string>();
        for (var split = 0; split < splits; split++)
        {
            var readings = Enumerable.Range(0, each).Select(n => Reading.Of(split, n)).ToList();
            foreach (var key in readings.GroupBy(reading => reading.Key))
            {
                AddKey(rows, key.Key, [.. key]);
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>A row as text.</summary>
    public static string Text(string kind, string name, long at, long number, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}|{name}|{at}|{number}|{total}");

    private static void AddKey(List<string> rows, string key, List<Reading> readings)
    {
        for (var n = 1; n <= readings.Count; n++)
        {
            var reading = readings[n - 1];
            var oldestOfThree = readings[Math.Max(0, n - 3)].Value;
            rows.Add(Text("reading", key, reading.At, n, readings.Take(n).Sum(other => other.Value) + oldestOfThree));
            if (n % 4 == 0)
            {
                rows.Add(Text("timer", key, reading.At + 100 * Second, n, 0));
            }
        }

        foreach (var window in readings.GroupBy(reading => reading.At / (200 * Second)))
        {
            rows.Add(Text("window", key, window.Key * 200 * Second, window.Count(), window.Sum(reading => reading.Value)));
        }
    }
}
