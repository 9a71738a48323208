using Weir.RocksDbState.Tests.Doubles;

namespace Weir.RocksDbState.Tests.Jobs;

/// <summary>Whole jobs on RocksDB and on the heap: the same results, however they run.</summary>
public sealed class BackendsTests
{
    private static readonly long[] Numbers = [.. Enumerable.Range(0, 12_000).Select(static n => (long)n)];
    private static readonly Lazy<string> OnHeap = new(() => Run(new JobOptions()));

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void A_job_gives_on_RocksDB_what_it_gives_on_the_heap(int parallelism, bool interpreted) =>
        Assert.Equal(OnHeap.Value, Run(new JobOptions
        {
            Parallelism = parallelism,
            Interpreted = interpreted,
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
            TolerableFailures = 10,
        }, RocksDbOptions.MinBytes));

    private static string Run(JobOptions options, long? cacheBytes = null)
    {
        using var directory = new TemporaryDirectory();
        var output = Path.Combine(directory.Path, "output");
        var job = new Job("backends");
        Pipelines.Define(job, Numbers, output);
        if (cacheBytes is { } bytes)
        {
            var working = Path.Combine(directory.Path, "working");
            options = options with { StateBackend = RocksDb.Backend(new() { Directory = working, CacheBytes = bytes }) };
        }

        job.RunAsync(options).GetAwaiter().GetResult();
        return WrittenRows.Of(output);
    }
}
