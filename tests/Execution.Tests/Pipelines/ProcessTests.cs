namespace Weir.Execution.Tests.Pipelines;

/// <summary>Classes with state by key, between compiled stages: their states are wired by generated code.</summary>
public sealed class ProcessTests
{
    [Fact]
    public Task The_states_of_classes_of_all_shapes_are_wired() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(ProcessPipelines.Everything, readings, compiledStages: 10);
        Assert.Equal(
            Expected(readings).Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Two_streams_share_the_states_of_a_process() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(ProcessPipelines.Both, readings, compiledStages: 7);
        Assert.Equal(
            readings.GroupBy(r => r.Sensor)
                .Select(g => $"{g.Key} {g.Count(r => r.Level > 0)} {g.Count(r => r.Level <= 0)}.")
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Every_subtask_holds_what_was_broadcast() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(ProcessPipelines.Told, readings, compiledStages: 5);
        var told = string.Join(",", readings.Where(r => r.Level <= 0).GroupBy(r => r.Sensor)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}:{g.Count()}"));
        Assert.Equal(
            readings.Where(r => r.Level > 0).GroupBy(r => r.Sensor).Select(g => $"{g.Key} {g.Count()} True {told}")
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    private static IEnumerable<string> Expected(IReadOnlyList<Reading> readings) =>
        readings.GroupBy(r => r.Sensor).SelectMany(g => (string[])
        [
            $"{g.Key} {2 * g.Count()} {g.Where(r => r.Level % 2 == 0).Sum(r => (long)r.Level)} "
                + $"{g.Where(r => r.Level % 2 != 0).Sum(r => (long)r.Level)} {g.Count()} "
                + $"{g.Max(r => r.Level)} {(double)g.Sum(r => (long)r.Level) / g.Count():F3} "
                + $"{g.Sum(r => (long)r.Level)} {g.Aggregate(0L, (a, r) => a ^ r.Level)} "
                + string.Join(",", g.GroupBy(r => r.Colour).OrderBy(c => c.Key).Select(c => $"{c.Key}:{c.Count()}")),
            $"{g.Key} 1 {g.Count()} True",
            $"{g.Key} 1 {g.Count()} True!",
            .. Enumerable.Range(1, g.Select(r => r.Colour).Distinct().Count()).Select(n => $"{g.Key} {n}"),
        ])
        .Concat(readings.Select(r => r.Sensor))
        .Concat(readings.Where(r => r.Level % 2 != 0).Select(r => $"odd {r.Level % 2}"));
}
