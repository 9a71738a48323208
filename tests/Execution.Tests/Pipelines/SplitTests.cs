namespace Weir.Execution.Tests.Pipelines;

public sealed class SplitTests
{
    [Fact]
    public Task Streams_that_are_split_are_the_same_both_ways() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(SplitPipelines.Split, readings, compiledStages: 7);
        Assert.Equal(
            readings.Where(r => r.Level > 0)
                .Select(r => r.Level > 5 ? $"high {r.Level}" : r.Colour == Colour.Red ? $"red low {r.Level}" : $"other low {r.Level}")
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Records_go_by_their_types_both_ways() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(
            static (job, source, sink) => SplitPipelines.ByType(job, source, sink, least: 3), readings, compiledStages: 10);
        Assert.Equal(
            readings.SelectMany(r => new[]
            {
                r.Level >= 3 ? $"high {r.Level}" : $"low {r.Level}", r.Level > 1 ? $"pair {r.Sensor.Length}" : "", "other ",
                $"other {r.Level}",
            }).Where(text => text.Length > 0).Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Collections_are_flattened() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, int>(SplitPipelines.Flattened, readings, compiledStages: 3);
        Assert.Equal(readings.SelectMany(r => new[] { r.Level, r.Level + 1 }).Where(level => level % 3 != 0), records);
    });

    [Fact]
    public Task Records_are_sent_to_all_or_to_one() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(SplitPipelines.Sent, readings, compiledStages: 4);
        Assert.Equal(
            readings.SelectMany(r => Enumerable.Repeat($"all {r.Level}", r.Level > 2 ? 2 : 0).Append($"one {r.Level}"))
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Watermarks_by_a_strategy_give_the_windows_of_LINQ() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(SplitPipelines.Ascending, readings, compiledStages: 4);
        Assert.Equal(Expected(readings), records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task A_generator_is_told_of_each_record_compiled_or_not() => Readings.ForEach(async readings =>
    {
        foreach (var interpreted in new[] { true, false })
        {
            var (records, _) = await BothWays.Run<Reading, string>(SplitPipelines.Generated, readings, 1, 3, interpreted);
            Assert.Equal(Expected(readings), records.Order(StringComparer.Ordinal));
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Markers_make_watermarks_compiled_or_not(bool interpreted)
    {
        // With one record a batch 3 is late behind the marker of 12; its window has fired.
        var (records, _) = await BothWays.Run<long, string>(
            SplitPipelines.Punctuated, [5, 4, 25, -12, 3, 14, -40, 26], 1, 1, interpreted);

        Assert.Equal(["0=1", "10=2", "20=1", "40=1"], records);
    }

    private static IEnumerable<string> Expected(IEnumerable<Reading> readings) => readings.Where(r => r.Level > 2)
        .GroupBy(r => (r.Colour, Window: Tumbling.Of(TimeSpan.FromSeconds(1)).Of(r.Time)))
        .Select(g => $"{g.Key.Colour} {g.Key.Window} {g.Count()}")
        .Order(StringComparer.Ordinal);
}
