namespace Weir.Execution.Tests.Pipelines;

public sealed class StatelessTests
{
    [Fact]
    public Task Expressions_are_inlined() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(StatelessPipelines.Inlined, readings, compiledStages: 4);
        Assert.Equal(
            readings.Where(r => r.Level > 3 && r.Note is not null && r.Level / 2 % 2 == 0)
                .Select(r => $"{r.Sensor}/{r.Level / 2:D3}/Half/{r.Level / 2}/{(r.Note!.Length == 0 ? "none" : "some")}"),
            records);
    });

    [Fact]
    public Task Anonymous_records_stay_within_the_loop() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(StatelessPipelines.Anonymous, readings, compiledStages: 4);
        Assert.Equal(readings.Where(r => r.Level > 2).Select(r => r.Sensor + r.Colour), records);
    });

    [Fact]
    public Task What_is_captured_goes_through_the_delegate() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(
            (job, source, sink) => StatelessPipelines.Captured(job, source, sink, least: 2), readings, compiledStages: 5);
        Assert.Equal(readings.Where(r => r is { Level: > 2 and < 100, Value: < 10 }).Select(r => $"{(r.Level + 4) / 2}!"), records);
    });

    [Fact]
    public Task Sequences_are_unfolded() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, long>(StatelessPipelines.Unfolded, readings, compiledStages: 4);
        Assert.Equal(
            readings.SelectMany(r => Enumerable.Range(0, Math.Abs(r.Level) % 4)).Where(n => n != 1)
                .SelectMany(n => new long[] { n, -n, n + 10, -n - 10 }),
            records);
    });

    [Fact]
    public Task A_filter_at_the_end_writes_over_what_it_refused() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, int>(StatelessPipelines.Filtered, readings, compiledStages: 3);
        Assert.Equal(readings.Select(r => r.Level).Where(level => level % 3 == 0 && level != 6), records);
    });

    [Fact]
    public Task So_it_does_with_event_times() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(StatelessPipelines.FilteredInTime, readings, compiledStages: 5);
        Assert.Equal(
            readings.Where(r => r.Level > 2)
                .GroupBy(r => (r.Colour, Window: Tumbling.Of(TimeSpan.FromSeconds(1)).Of(r.Time)))
                .Select(g => $"{g.Key.Colour} {g.Key.Window} {g.Sum(r => r.Level)}")
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Branches_meet_again() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(StatelessPipelines.Branched, readings, compiledStages: 7);
        Assert.Equal(
            readings.Where(r => r.Level != 0)
                .Select(r => r.Level < 0 ? "LOW " + r.Sensor.ToUpperInvariant()
                    : (r.Note is { Length: > 2 } ? r.Note : $"high {r.Level}").ToUpperInvariant())
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });
}
