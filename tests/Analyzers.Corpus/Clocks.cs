using System.Diagnostics;
using Weir;

namespace Corpus;

public static class Clocks
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, TimeProvider clock)
    {
        var started = DateTime.UtcNow;
        Console.WriteLine($"starting at {started:O}");
        var all = job.From(trades);
        all.Where(t => t.Time < DateTime.Now); // WEIR1001
        all.Where(t => t.Time < DateTime.UtcNow); // WEIR1001
        all.Where(t => t.Time.Date == DateTime.Today); // WEIR1001
        all.Select(t => DateTimeOffset.Now.Ticks); // WEIR1001
        all.Select(t => DateTimeOffset.UtcNow.ToUnixTimeSeconds()); // WEIR1001
        all.Select(t => Environment.TickCount); // WEIR1001
        all.Select(t => Environment.TickCount64 - t.Id); // WEIR1001
        all.Select(t => Stopwatch.GetTimestamp()); // WEIR1001
        all.Select(t =>
        {
            var watch = Stopwatch.StartNew(); // WEIR1001
            var steps = t.Lots.Count;
            return steps;
        });
        all.Select(t => TimeProvider.System.GetUtcNow()); // WEIR1001
        all.Select(t => clock.GetLocalNow()); // WEIR1001
        all.Select(t => clock.GetTimestamp()); // WEIR1001
        all.Select(t => t.Time.ToLocalTime()); // WEIR1001
        all.Select(t => TimeZoneInfo.Local.BaseUtcOffset); // WEIR1001
        all.Select(t => System.IO.File.GetLastWriteTimeUtc(t.Text)); // WEIR1001
        all.Select(t => new System.IO.FileInfo("x").CreationTimeUtc); // WEIR1001
        all.Select(t => new FixedClock().GetUtcNow()); // WEIR1001
        all.SelectMany(t => Enumerable.Range(0, 3).Select(i => DateTime.UtcNow.AddDays(i))); // WEIR1001
        all.WithEventTime(t => DateTime.UtcNow, TimeSpan.Zero) // WEIR1001
            .KeyBy(t => DateTime.UtcNow.Hour) // WEIR1001
            .Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .Aggregate(g => new Line(
                g.Key.ToString(),
                g.Count(t => t.Time < DateTime.UtcNow))); // WEIR1001

        // Near misses.
        all.Where(t => t.Time < started);
        all.Select(t => nameof(DateTime.Now));
        all.Select(t => nameof(DateTime.UtcNow) + t.Symbol);
        all.Select(t => t.Quantity / Stopwatch.Frequency);
        all.Select(t => Stopwatch.GetElapsedTime(t.Id, t.Quantity));
        all.Select(t => Stopwatch.IsHighResolution);
        all.Select(t => t.Time.AddDays(1).Date);
        all.Select(t => DateTime.MaxValue - t.Time);
        all.Select(t => new DateTime(2020, 1, 1));
        all.Select(t => DateTime.UnixEpoch.AddSeconds(t.Id));
        all.Select(t => DateTimeOffset.FromUnixTimeSeconds(t.Id));
        all.Select(t => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(t.Time, "UTC"));
        all.Select(t => TimeZoneInfo.Utc.Id);
        all.Select(t => typeof(Stopwatch).Name);
    }

    public static void Elsewhere()
    {
        var watch = Stopwatch.StartNew();
        Console.WriteLine(DateTime.Now);
        Console.WriteLine(Enumerable.Range(0, 3).Where(i => i < DateTime.Now.Hour).Count());
    }
}

public sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
