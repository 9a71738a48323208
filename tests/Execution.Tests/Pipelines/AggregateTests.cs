using System.Globalization;

namespace Weir.Execution.Tests.Pipelines;

public sealed class AggregateTests
{
    [Fact]
    public Task Counts_are_those_of_LINQ() => Agree<Summary>(AggregatePipelines.Counts, r => r.Sensor, g => new Summary(
        g.Key,
        g.Window.StartTime,
        $"{g.Count()} {g.Count(r => r.Level > 0)} {g.LongCount()} {g.LongCount(r => r.Note == null)} {g.Any()} "
            + $"{g.Any(r => r.Level < -2)} {g.All(r => r.Level < 8)} " +
        $"{g.Where(r => r.Level > 1).Select(r => r.Note).Any()} {g.Select(r => r.Colour).Distinct().Count()} "
            + $"{g.Where(r => r.Note != null).Select(r => r.Note).Distinct().LongCount()}"));

    [Fact]
    public Task Sums_and_averages_are_those_of_LINQ() => Agree<Summary>(AggregatePipelines.Sums, r => r.Sensor, g => new Summary(
        g.Key,
        g.Window.StartTime,
        $"{g.Sum(r => r.Level)} {g.Sum(r => r.Time)} {g.Sum(r => r.Value)} {g.Sum(r => r.Small)} {g.Sum(r => r.Price)} "
            + $"{g.Sum(r => r.Maybe)} {g.Sum(r => r.Perhaps)} " +
        $"{g.Average(r => r.Level)} {g.Average(r => r.Time)} {g.Average(r => r.Value)} {g.Average(r => r.Small)} "
            + $"{g.Average(r => r.Price)} {g.Average(r => r.Maybe)} {g.Average(r => r.Perhaps)} " +
        $"{g.Where(r => r.Maybe > 0).Sum(r => r.Level)} "
            + $"{(g.Any(r => r.Level > 3) ? g.Where(r => r.Level > 3).Average(r => r.Value) : -1)} {g.Select(r => r.Level * 2).Sum()}"));

    [Fact]
    public Task Extremes_are_those_of_LINQ() => Agree<Summary>(AggregatePipelines.Extremes, r => r.Sensor, g => new Summary(
        g.Key,
        g.Window.StartTime,
        $"{g.Min(r => r.Level)} {g.Max(r => r.Level)} {g.Min(r => r.Value)} {g.Max(r => r.Value)} {g.Min(r => r.Small)} "
            + $"{g.Max(r => r.Small)} {g.Min(r => r.Price)} {g.Max(r => r.Price)} " +
        $"{g.Min(r => r.Maybe)} {g.Max(r => r.Maybe)} {g.Min(r => r.Perhaps)} {g.Max(r => r.Perhaps)} {g.Min(r => r.Note)} "
            + $"{g.Max(r => r.Note)} {g.Min(r => r.Colour)} {g.Max(r => r.Colour)} " +
        $"{g.Max(r => DateTime.UnixEpoch.AddTicks(r.Time)):O} {g.Where(r => r.Level > 3).Max(r => r.Note)} "
            + $"{g.Where(r => r.Level > 3).Min(r => r.Maybe)} " +
        $"{g.MinBy(r => r.Level)} {g.MaxBy(r => r.Note)} {g.MaxBy(r => r.Perhaps)} {g.Where(r => r.Level > 3).MinBy(r => r.Value)} "
            + $"{(g.Any(r => r.Level > 3) ? g.Where(r => r.Level > 3).Max(r => r.Value) : 0)}"));

    [Fact]
    public Task Ends_and_folds_in_a_block_are_those_of_LINQ() => Agree<Summary>(AggregatePipelines.Ends, r => r.Sensor, g =>
    {
        var level = g.First().Level + g.Last().Level + (g.Count() > 2 ? g.Last().Level : 0);
        var found = g.FirstOrDefault(r => r.Level > 4) is { } high ? high.Note : "none";
        var fold = g.Aggregate(17, (hash, r) => unchecked((hash * 31) + r.Level));
        var text = string.Concat(g.Where(r => r.Note is { Length: > 0 }).Select(r => r.Note));
        return new Summary(g.Key, g.Window.StartTime,
            $"{level} {found} {fold} {text.Length + ":" + text} {g.LastOrDefault(r => r.Colour == Colour.Blue)?.Value}");
    });

    [Fact]
    public Task Keys_may_be_records() =>
        Agree(AggregatePipelines.ByPlace, r => new Place(r.Level % 3, r.Sensor), g => $"{g.Key} {g.Count()}", r => r.Level != 3);

    [Fact]
    public Task Keys_may_be_tuples() =>
        Agree(AggregatePipelines.ByTuple, r => (r.Colour, r.Level % 2 != 0), g => $"{g.Key.Colour} {g.Key.Item2} {g.Sum(r => r.Level)}");

    [Fact]
    public Task Keys_may_be_references() =>
        Agree(AggregatePipelines.BySite, r => new Site(r.Sensor, r.Colour), g => $"{g.Key} {g.Count()}");

    [Fact]
    public Task A_hand_written_aggregate_needs_no_result_function() =>
        Agree(AggregatePipelines.Plain, r => r.Sensor, g => g.Sum(r => (long)r.Level));

    [Fact]
    public Task An_aggregate_follows_an_aggregate() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(AggregatePipelines.Twice, readings, compiledStages: 8);
        var sums = Grouped(readings, r => r.Level).Select(g => (g.Key, g.Window.StartTime, Sum: g.Sum(r => (long)r.Level)))
            .Where(sum => sum.Key != 0).ToList();
        Assert.Equal(
            sums.GroupBy(sum => sum.StartTime)
                .Select(g => new Summary(
                    g.Key.ToString(CultureInfo.InvariantCulture),
                    Tumbling.Of(TimeSpan.FromSeconds(5)).Of(g.Key).StartTime,
                    $"{2 * g.Sum(sum => sum.Sum)} {2 * g.Count()} {g.Max(sum => sum.Key)}").ToString())
                .Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task What_is_not_incremental_is_buffered_between_compiled_stages() => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run<Reading, string>(AggregatePipelines.Buffered, readings, compiledStages: 4);
        Assert.Equal(
            Grouped(readings.Where(r => r.Level > 0), r => r.Sensor)
                .Select(g => string.Join(",", g.OrderBy(r => r.Level).Select(r => r.Level)) + ".").Order(StringComparer.Ordinal),
            records.Order(StringComparer.Ordinal));
    });

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_average_of_nothing_fails_as_in_LINQ(bool interpreted)
    {
        var job = new Job("empty");
        AggregatePipelines.Empty(
            job, new ListSource<Reading>([new Reading("a", 1, 1, 0, 0, 0, null, null, null, Colour.Red)]), new ListSink<double>());
        var options = new JobOptions { Interpreted = interpreted, RestartStrategy = RestartStrategy.None };
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => job.RunAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains("Sequence contains no elements", $"{failure}", StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(Causes(failure).Last());
    }

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }

    private static Task Agree<TOut>(
        Action<Job, ISource<Reading>, ISink<TOut>> define, Func<Reading, string> key, Func<WindowGroup<string, Reading>, TOut> result) =>
        Agree<string, TOut>(define, key, result);

    private static Task Agree<TKey, TOut>(
        Action<Job, ISource<Reading>, ISink<TOut>> define,
        Func<Reading, TKey> key,
        Func<WindowGroup<TKey, Reading>, TOut> result,
        Func<Reading, bool>? filter = null) => Readings.ForEach(async readings =>
    {
        var records = await BothWays.Run(define, readings, compiledStages: filter is null ? 3 : 4);
        Assert.Equal(
            Grouped(filter is null ? readings : readings.Where(filter), key).Select(group => $"{result(group)}")
                .Order(StringComparer.Ordinal),
            records.Select(record => $"{record}").Order(StringComparer.Ordinal));
    });

    private static IEnumerable<WindowGroup<TKey, Reading>> Grouped<TKey>(IEnumerable<Reading> readings, Func<Reading, TKey> key) =>
        readings.GroupBy(r => (Key: key(r), Window: Tumbling.Of(TimeSpan.FromSeconds(1)).Of(r.Time)))
            .Select(group => new WindowGroup<TKey, Reading>(group.Key.Key, group.Key.Window, [.. group]));
}
