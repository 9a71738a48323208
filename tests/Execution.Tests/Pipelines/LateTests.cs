namespace Weir.Execution.Tests.Pipelines;

/// <summary>Late records by generated code and by delegates: what is not in a window's result is in the late stream.</summary>
public sealed class LateTests
{
    [Fact]
    public Task R4_late_records_can_be_filtered_timed_and_counted_anew() => Check(LatePipelines.Recounted, compiledStages: 7);

    [Fact]
    public Task R4_late_records_of_a_hand_written_aggregate_can_be_united_with_its_results() =>
        Check(LatePipelines.Named, compiledStages: 5);

    // Which records are late depends on the size of batches and on the order of subtasks; how many there are of each key and window does
    // not.
    private static Task Check(Action<Job, ISource<Reading>, ISink<Counted>> define, int compiledStages) =>
        Readings.ForEach(async readings =>
    {
        var expected = readings
            .GroupBy(r => (r.Sensor, Start: r.Time - (((r.Time % 1_000_000) + 1_000_000) % 1_000_000)))
            .Select(group => (group.Key.Sensor, group.Key.Start, Count: group.Count()))
            .Order();
        foreach (var (parallelism, capacity, interpreted) in new[] { (1, 1, true), (1, 1, false), (1, 1024, false), (3, 2, true),
            (3, 2, false) })
        {
            var (counted, compiled) = await BothWays.Run(define, readings, parallelism, capacity, interpreted);
            Assert.True(interpreted || compiled == compiledStages, $"{compiled} stages were compiled, {compiledStages} should be");
            Assert.Equal(expected, counted.GroupBy(c => (c.Key, c.Start))
                .Select(group => (group.Key.Key, group.Key.Start, Count: group.Sum(c => c.Count))).Order());
            Assert.True(capacity > 2 || readings.Count < 40 || counted.Any(c => c.IsLate), "nothing was late");
        }
    });
}
