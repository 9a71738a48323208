namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Sessions of random records, far out of order, against a list of open sessions that is looked through for each record.</summary>
public sealed class RandomSessionTests
{
    private const int Fixed = 120;
    private const int Fresh = 40;

    [Theory, InlineData(false), InlineData(true)]
    public void R7_R4_sessions_are_those_of_a_naive_model_whenever_the_fire_stops_and_whatever_crashes(bool sums)
    {
        var fresh = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds 0 to {Fixed - 1}, {fresh} to {fresh + Fresh - 1}");
        var held = 0;
        foreach (var seed in Enumerable.Range(0, Fixed).Concat(Enumerable.Range(fresh, Fresh)))
        {
            held += Try(seed, sums);
        }

        Assert.True(held > 1000, $"a fire was held only {held} times");
    }

    private static int Try(int seed, bool sums)
    {
        var random = new Random(seed);
        var gap = random.Next(3) switch { 0 => 1, 1 => random.Next(1, 20), _ => random.Next(1, 500) };
        var (keys, disorder) = (random.Next(1, 6), random.Next(1, 40) * gap);
        var crashes = random.Next(4) switch { 0 => 1, 1 => 10, _ => 0 };
        var run = new SessionRun(gap, sums, random.Next(1, 6));
        var naive = new Naive(gap, sums);
        var (watermark, now, held, value) = (long.MinValue, random.Next(-1000, 1000), 0, 0L);
        for (var i = 0; i < 200; i++)
        {
            switch (random.Next(crashes > 0 && random.Next(crashes) == 0 ? 7 : 6))
            {
                case 0:
                    watermark = Math.Max(watermark + (random.Next(4) == 0 ? 0 : 1), now - random.Next(disorder + 1));
                    run.Watermark(watermark);
                    naive.Watermark(watermark);
                    break;
                case 1:
                    run.Resume();
                    break;
                case 6:
                    run.Crash();
                    break;
                default:
                    var records = Enumerable.Range(0, random.Next(1, 6))
                        .Select(_ => ($"k{random.Next(keys)}", 1L << (int)(value++ % 40), Time())).ToList();
                    run.Records(records);
                    naive.Records(records);
                    break;
            }

            held += run.IsHeld ? 1 : 0;
        }

        run.Watermark(long.MaxValue);
        run.Drain();
        naive.Watermark(long.MaxValue);
        Assert.Equal($"seed {seed}: {Join(naive.Late)}", $"seed {seed}: {Join(run.Late.Where(IsRecord))}");
        Assert.Equal($"seed {seed}: {Sorted(naive.Results)}", $"seed {seed}: {Sorted(run.Results.Where(IsRecord))}");
        return held;

        // Now and then a hole that ends all sessions, and often a time that touches another one exactly.
        long Time()
        {
            now += random.Next(40) == 0 ? random.Next(20 * gap) : random.Next(3);
            var time = now - (random.Next(3) == 0 ? random.Next(disorder) : 0);
            return random.Next(5) == 0 ? time / gap * gap : time;
        }
    }

    private static bool IsRecord(string line) => line.Contains('@', StringComparison.Ordinal);

    private static string Join(IEnumerable<string> lines) => string.Join(' ', lines);

    private static string Sorted(IEnumerable<string> lines) => Join(lines.Order(StringComparer.Ordinal));

    /// <summary>A list of open sessions.</summary>
    private sealed class Naive(long gap, bool sums)
    {
        private readonly List<(string Key, long Start, long End, List<(int Arrival, long Value)> Values)> _open = [];
        private long _watermark = long.MinValue;
        private int _arrived;

        public List<string> Results { get; } = [];

        public List<string> Late { get; } = [];

        public void Records(IEnumerable<(string Key, long Value, long Time)> records)
        {
            foreach (var (key, value, time) in records)
            {
                var touching = _open.Where(open => open.Key == key && open.Start <= time + gap && open.End >= time).ToList();
                if (touching.Count == 0 && time + gap - 1 <= _watermark)
                {
                    Late.Add($"{key}:{value}@{time}");
                    continue;
                }

                _open.RemoveAll(touching.Contains);
                _open.Add((
                    key,
                    touching.Select(open => open.Start).Append(time).Min(),
                    touching.Select(open => open.End).Append(time + gap).Max(),
                    [.. touching.SelectMany(open => open.Values), (_arrived++, value)]));
            }
        }

        public void Watermark(long watermark)
        {
            _watermark = watermark;
            foreach (var over in _open.Where(open => open.End - 1 <= watermark).ToList())
            {
                _open.Remove(over);
                var window = new TimeWindow(over.Start, over.End);
                var what = sums ? $"{over.Values.Sum(arrived => arrived.Value)}"
                    : string.Join(' ', over.Values.Order().Select(arrived => arrived.Value));
                Results.Add($"{SessionRun.Text(over.Key, window, what)}@{over.End - 1}");
            }
        }
    }
}
