namespace Weir.Runtime.Tests.Subtasks;

/// <summary>Whole jobs on worker threads, with checkpoints as fast as they come and failures in between.</summary>
public sealed class ThreadedPipelineTests
{
    private static readonly Tumbling Windows = Tumbling.Of(TimeSpan.FromMicroseconds(1000));

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public async Task A_job_on_threads_gives_what_LINQ_gives_whether_it_fails_on_the_way_or_not(int parallelism, bool fails)
    {
        var sink = new MemorySink<string>();
        List<(string Key, long Time)>[] splits = [.. Enumerable.Range(0, 4).Select(split => Records(split, 20_000))];
        var failuresLeft = fails ? 3 : 0;
        var seen = 0;
        var job = new Job("threads");
        job.From(new MemorySource<(string Key, long Time)>(splits))
            .Where(_ => Interlocked.Increment(ref seen) % 15_000 != 0 || Interlocked.Decrement(ref failuresLeft) < 0
                ? true
                : throw new InvalidOperationException("a failure on purpose"))
            .WithEventTime(record => record.Time, TimeSpan.FromMicroseconds(50))
            .KeyBy(record => record.Key)
            .Window(Windows)
            .Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.LongCount()},{g.Sum(record => record.Time)}")
            .To(sink);

        var result = await job.RunAsync(new JobOptions
        {
            Parallelism = parallelism,
            BatchCapacity = 64,
            ChannelCapacity = 3,
            CheckpointInterval = TimeSpan.FromMilliseconds(2),
            RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.FromMilliseconds(1)),
        }, TestContext.Current.CancellationToken);

        var expected = splits.SelectMany(split => split)
            .GroupBy(record => (record.Key, Windows.Of(record.Time).StartTime))
            .Select(group => $"{group.Key.Key}@{group.Key.StartTime}={group.Count()},{group.Sum(record => record.Time)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), sink.Committed.Order(StringComparer.Ordinal));
        Assert.Equal(fails ? 3 : 0, result.Restarts);
        Assert.Equal(0, result.Late);
        Assert.Empty(sink.Unfinished);
    }

    // Slightly out of order, within what the pipeline is told to wait for.
    private static List<(string, long)> Records(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => ($"k{random.Next(50)}", (i * 3L) + random.Next(40)))];
    }
}
