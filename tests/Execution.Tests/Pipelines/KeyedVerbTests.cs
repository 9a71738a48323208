namespace Weir.Execution.Tests.Pipelines;

/// <summary>Verbs that keep state by key give what LINQ makes of the records of each key, compiled or not, at any parallelism.</summary>
public sealed class KeyedVerbTests
{
    private static readonly (int Parallelism, int Capacity, bool Interpreted)[] Ways =
        [(1, 1024, true), (1, 1024, false), (1, 3, false), (3, 7, false), (3, 64, true)];

    [Fact]
    public Task Running_aggregates_say_at_each_record_how_far_its_key_has_come() => Compare(KeyedVerbPipelines.Running, sensor =>
        Enumerable.Range(1, sensor.Count).Select(count => sensor.Take(count).ToList()).SelectMany(so => new[]
        {
            $"{so[0].Sensor} {so.Count} {so.Sum(r => r.Level)} {so.Max(r => r.Level)}",
            $"greatest {so[0].Sensor} {so.Max(r => r.Level)}",
        }));

    [Fact]
    public Task Records_that_were_seen_do_not_pass() => Compare(KeyedVerbPipelines.Seen, sensor =>
        sensor.Select(r => new Place(r.Level, r.Sensor)).Distinct().Select(place => $"{place}")
            .Concat(sensor.DistinctBy(r => r.Colour).Select(r => $"first {r.Sensor} {r.Colour} {r.Level}"))
            .Concat(sensor.DistinctBy(r => r.Time).Select(r => $"once {r.Sensor} {r.Time}")));

    [Fact]
    public Task Records_meet_those_before_them_and_the_best() => Compare(KeyedVerbPipelines.Behind, sensor =>
        sensor.Zip(sensor.Skip(1), (before, now) => $"{now.Sensor} {now.Level - before.Level}")
            .Concat(sensor.Zip(sensor.Skip(2), (before, now) => $"two {now.Sensor} {before.Level}"))
            .Concat(Tops(sensor)));

    [Fact]
    public Task The_best_of_a_window_come_in_order() => Compare(KeyedVerbPipelines.Best, sensor =>
        sensor.GroupBy(r => (long)Math.Floor(r.Time / 10.0) * 10).SelectMany(window => window.OrderByDescending(r => r.Level).Take(2)
            .Select((r, index) => $"{r.Sensor} {window.Key} {index + 1} {r.Level}")));

    private static IEnumerable<string> Tops(IReadOnlyList<Reading> sensor)
    {
        var best = new List<Reading>();
        foreach (var reading in sensor)
        {
            best = [.. best.Append(reading).OrderByDescending(r => r.Level)];
            var put = best.Count > 2 ? best[2] : null;
            best.Remove(put!);
            if (put != reading)
            {
                yield return $"top {reading.Sensor} {reading.Level} {put?.Level}";
            }
        }
    }

    private static Task Compare(
        Action<Job, ISource<Reading>, ISink<string>> define, Func<IReadOnlyList<Reading>, IEnumerable<string>> ofSensor) =>
        Readings.ForEach(async readings =>
        {
            var expected = readings.GroupBy(r => r.Sensor).SelectMany(sensor => ofSensor([.. sensor])).Order(StringComparer.Ordinal);
            foreach (var (parallelism, capacity, interpreted) in Ways)
            {
                var (records, _) = await BothWays.Run(define, readings, parallelism, capacity, interpreted);
                Assert.Equal(expected, records.Order(StringComparer.Ordinal));
            }
        });
}
