namespace Weir.Execution.Tests.Pipelines;

/// <summary>Sessions and count windows by generated code, by delegates, and by what LINQ makes of sorted records.</summary>
public sealed class SessionTests
{
    [Fact]
    public Task Sessions_are_those_of_sorted_records() => Readings.ForEach(async readings =>
    {
        var expected = SessionsOf(readings, r => r.Sensor).Select(session => new Summary(
            session.Key,
            session.Start,
            $"{session.End} {session.Records.Count} {session.Records.Sum(r => r.Level)} {session.Records.Min(r => r.Time)} "
                + $"{session.Records.Max(r => r.Level)} {session.Records.Select(r => r.Colour).Distinct().Count()}"));
        Same(expected, await BothWays.Run<Reading, Summary>(SessionPipelines.Sessions, readings, compiledStages: 3));
    });

    [Fact]
    public Task Sessions_have_their_records_in_order_of_arrival_also_when_several_become_one() => Readings.ForEach(async readings =>
    {
        var came = await BothWays.Run<Reading, Summary>(SessionPipelines.Ends, readings, compiledStages: 4);
        Same(
            SessionsOf([.. readings.Where(r => r.Level > -3)], r => new Site(r.Sensor, r.Colour)).Select(session => new Summary(
                session.Key.Name,
                session.Start,
                $"{session.End} {session.Records[0].Level} {session.Records[^1].Level + 1} {session.Records.Count * 2}")),
            came);
    });

    [Fact]
    public Task A_fold_of_a_session_sees_all_records_in_order_of_arrival() => Readings.ForEach(async readings =>
    {
        var came = await BothWays.Run<Reading, Summary>(SessionPipelines.Folds, readings, compiledStages: 2);
        Same(
            SessionsOf(readings, r => r.Sensor).Select(session => new Summary(
                session.Key, session.Start, $"{session.Records.Aggregate(17, (hash, r) => unchecked((hash * 31) + r.Level))}")),
            came);
    });

    [Fact]
    public Task Sessions_of_a_hand_written_aggregate_are_those_of_sorted_records() => Readings.ForEach(async readings =>
    {
        var expected = SessionsOf(readings, r => r.Sensor).Select(session => new Summary(
            session.Key,
            session.Start,
            $"{session.End} {(session.Records.Count, (long)session.Records.Sum(r => r.Level), session.Records.Max(r => r.Level))}"));
        Same(expected, await BothWays.Run<Reading, Summary>(SessionPipelines.ByHand, readings, compiledStages: 4));
    });

    [Fact]
    public Task B8_count_windows_without_event_times_are_chunks_that_are_full() => Readings.ForEach(async readings =>
    {
        var expected =
            from key in readings.GroupBy(r => r.Sensor)
            from four in key.Chunk(4)
            where four.Length == 4
            select new Summary(key.Key, 0, $"{4} {four.Sum(r => r.Level)} {four[0].Time} {four[3].Time} {four.Min(r => r.Note)}");
        Same(expected, await BothWays.Run<Reading, Summary>(SessionPipelines.Fours, readings, compiledStages: 2));
    });

    [Fact]
    public Task Count_windows_that_overlap_hold_the_last_records() => Readings.ForEach(async readings =>
    {
        var expected =
            from key in readings.SelectMany(r => new[] { r, r }).GroupBy(r => r.Sensor)
            let all = key.ToList()
            from end in Enumerable.Range(1, all.Count / 2).Select(slide => slide * 2)
            let last = all.Take(end).TakeLast(5).ToList()
            select new Summary(key.Key, 0, $"{(last.Count, (long)last.Sum(r => r.Level), last.Max(r => r.Level))}");
        Same(expected, await BothWays.Run<Reading, Summary>(SessionPipelines.LastFives, readings, compiledStages: 4));
    });

    private static void Same(IEnumerable<Summary> expected, IEnumerable<Summary> came) =>
        Assert.Equal(expected.Select(summary => $"{summary}").Order(), came.Select(summary => $"{summary}").Order());

    private static IEnumerable<(TKey Key, long Start, long End, List<Reading> Records)> SessionsOf<TKey>(
        IReadOnlyList<Reading> readings, Func<Reading, TKey> key)
        where TKey : notnull
    {
        var gap = EventTime.Of(SessionPipelines.Gap);
        foreach (var group in readings.Index().GroupBy(arrived => key(arrived.Item)))
        {
            var sessions = new List<List<(int Arrival, Reading Record)>>();
            foreach (var arrived in group.OrderBy(arrived => arrived.Item.Time))
            {
                if (sessions.Count == 0 || arrived.Item.Time > sessions[^1][^1].Record.Time + gap)
                {
                    sessions.Add([]);
                }

                sessions[^1].Add(arrived);
            }

            foreach (var session in sessions)
            {
                yield return (group.Key, session[0].Record.Time, session[^1].Record.Time + gap,
                    [.. session.OrderBy(arrived => arrived.Arrival).Select(arrived => arrived.Record)]);
            }
        }
    }
}
