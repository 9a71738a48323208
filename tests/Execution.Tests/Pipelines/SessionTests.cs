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
                + $"{session.Records.Max(r => r.Note)} {session.Records.Select(r => r.Colour).Distinct().Count()}"));
        Same(expected, await BothWays.Run<Reading, Summary>(SessionPipelines.Sessions, readings, compiledStages: 3));
    });

    [Fact]
    public Task Sessions_behind_many_records_of_one_have_the_same_ends_both_ways() => Readings.ForEach(async readings =>
    {
        var came = await BothWays.Run<Reading, Summary>(SessionPipelines.Ends, readings, compiledStages: 5);
        var sessions = SessionsOf([.. readings.Where(r => r.Level > -3)], r => new Site(r.Sensor, r.Colour)).ToList();
        Assert.Equal(
            sessions.Select(session => $"{session.Key.Name} {session.Start} {session.End} {session.Records.Count * 2}").Order(),
            came.Select(summary => summary.Answers.Split(' ') is [var end, _, _, var count] ? $"{summary.Key} {summary.Start} {end} {count}" : "")
                .Order());
    });

    [Fact]
    public Task A_fold_that_cannot_merge_is_interpreted_and_sees_all_records() => Readings.ForEach(async readings =>
    {
        var came = await BothWays.Run<Reading, Summary>(SessionPipelines.Folds, readings, compiledStages: 2);
        Assert.Equal(SessionsOf(readings, r => r.Sensor).Count(), came.Count);
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
        foreach (var group in readings.GroupBy(key))
        {
            var session = new List<Reading>();
            foreach (var reading in group.OrderBy(r => r.Time))
            {
                if (session.Count > 0 && reading.Time > session[^1].Time + gap)
                {
                    yield return (group.Key, session[0].Time, session[^1].Time + gap, session);
                    session = [];
                }

                session.Add(reading);
            }

            yield return (group.Key, session[0].Time, session[^1].Time + gap, session);
        }
    }
}
