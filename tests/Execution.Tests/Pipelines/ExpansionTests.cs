namespace Weir.Execution.Tests.Pipelines;

/// <summary>Loops that make many records of one stop and go on: generated = interpreted = LINQ, however often they are stopped.</summary>
public sealed class ExpansionTests
{
    [Fact]
    public Task The_time_of_a_record_stays_with_all_that_is_made_of_it() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(ExpansionPipelines.TimedBefore, readings, compiledStages: 7);
        Assert.Equal(
            readings.SelectMany(r => Enumerable.Repeat(r.Sensor, Math.Abs(r.Level % 5)).Where(name => name.Length > 0)
                .SelectMany(name => name).Select(letter => (r.Time, Letter: letter)))
                .GroupBy(r => (r.Letter, Window: Tumbling.Of(TimeSpan.FromSeconds(1)).Of(r.Time)))
                .Select(g => $"{g.Key.Letter} {g.Key.Window} {g.Count()}")
                .SelectMany(line => new[] { line, line + "!" })
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Times_may_be_assigned_to_what_was_made() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(ExpansionPipelines.TimedBehind, readings, compiledStages: 4);
        Assert.Equal(
            readings.SelectMany(r => Enumerable.Range(0, 1 + Math.Abs(r.Level % 3)).Select(n => (Time: r.Time + n, r.Colour, N: n)))
                .GroupBy(r => (r.Colour, Window: Tumbling.Of(TimeSpan.FromSeconds(1)).Of(r.Time)))
                .Select(g => $"{g.Key.Colour} {g.Key.Window} {g.Sum(r => r.N)}")
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public async Task Loops_in_loops_are_stopped_anywhere_and_go_on_there()
    {
        // Far more than a step makes, in batches that fill at other places each.
        int[] numbers = [0, 70_000, 3, 1, 0, 17, 70_001];
        var records = await BothWays.Run<int, long>(ExpansionPipelines.Nested, numbers, compiledStages: 4);
        Assert.Equal(
            numbers.SelectMany(n => Enumerable.Range(0, n)).SelectMany(n => n % 3 == 0 ? [] : new[] { n, -n }).Where(n => n != 4)
                .SelectMany(n => new[] { n, n * 2L, n * 3L }),
            records);
    }
}
