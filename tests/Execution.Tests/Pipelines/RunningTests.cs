namespace Weir.Execution.Tests.Pipelines;

/// <summary>Running aggregates are loops, and give what LINQ makes of the records of each key so far.</summary>
public sealed class RunningTests
{
    [Fact]
    public Task Groups_without_times() => Compare(RunningPipelines.Untimed, 2, readings => SoFar(readings, r => r.Sensor, so =>
        $"{so[0].Sensor} {so.Count} {so.Sum(r => (long)r.Level)} {so[0].Time} {so[^1].Level}"));

    [Fact]
    public Task Results_bear_the_times_of_their_records() => Compare(RunningPipelines.Timed, 6, readings =>
        SoFar(readings.Where(r => r.Level % 3 != 0), r => new Place(r.Level & 3, r.Sensor), so =>
                (so[^1].Sensor, so[^1].Time, so.Count, Notes: string.Concat(so.Select(r => r.Note))))
            .GroupBy(best => (best.Sensor, Start: (long)Math.Floor(best.Time / 200_000.0) * 200_000))
            .Select(w => $"{w.Key.Sensor} {w.Key.Start} {w.Count()} {w.Sum(best => best.Count)} {w.Max(best => best.Notes.Length)}"));

    [Fact]
    public Task Reductions_behind_what_makes_many_records_of_one() => Compare(RunningPipelines.Expanded, 5, readings => SoFar(
        readings.SelectMany(r => new[] { r, r with { Level = r.Level + 1 }, r with { Sensor = "all" } }), r => r.Sensor, so =>
            $"{so[0].Sensor} {so.Aggregate(0, (sum, r) => unchecked(sum + r.Level))} {so[^1].Time}"));

    [Fact]
    public Task Aggregates_written_by_hand() => Compare(RunningPipelines.ByHand, 2, readings => ByHand(readings, 0));

    [Fact]
    public Task Results_that_capture_variables() => Compare(
        (job, source, sink) => RunningPipelines.ByHandAndCaptured(job, source, sink, 7), 2, readings => ByHand(readings, 7));

    [Fact]
    public Task Reductions_that_capture_variables() => Compare(
        (job, source, sink) => RunningPipelines.ReducedAndCaptured(job, source, sink, 5, "t"), 3, readings =>
            SoFar(readings, r => r.Colour, so =>
                $"{so[0].Colour} {so.Skip(1).Aggregate(so[0].Level, (sum, r) => unchecked(sum + r.Level + 5))}"));

    [Fact]
    public Task What_is_not_incremental_is_interpreted() => Compare(RunningPipelines.Everything, 1, readings =>
        SoFar(readings, r => r.Sensor, so => $"{so[0].Sensor} {string.Join(' ', so.OrderBy(r => r.Time).Select(r => r.Level))}"));

    private static IEnumerable<string> ByHand(IEnumerable<Reading> readings, long more) => SoFar(readings, r => r.Colour, so =>
        $"{so[0].Colour} {so.Aggregate(1L, (sum, r) => unchecked((sum * 31) + r.Level)) + more}");

    private static IEnumerable<TOut> SoFar<TKey, TOut>(
        IEnumerable<Reading> readings, Func<Reading, TKey> key, Func<List<Reading>, TOut> result) =>
        readings.GroupBy(key).SelectMany(all => Enumerable.Range(1, all.Count()).Select(count => result([.. all.Take(count)])));

    private static Task Compare(
        Action<Job, ISource<Reading>, ISink<string>> define,
        int compiledStages,
        Func<IReadOnlyList<Reading>, IEnumerable<string>> expected) => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run(define, readings, compiledStages);
        Assert.Equal(expected(readings).Order(StringComparer.Ordinal), records.Order(StringComparer.Ordinal));
    });
}
