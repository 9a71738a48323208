using System.Globalization;
using Weir;
using Weir.RocksDbState;
using Weir.RocksDbState.Victim;

// A job with state in RocksDB that is killed by somebody.
// usage: Weir.RocksDb.Victim DIRECTORY PARALLELISM READINGS READINGS_A_SECOND CHECKPOINT_MS CACHE_BYTES (0 for the heap)
var directory = args[0];
var numbers = args[1..6].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
var (parallelism, readings, rate, interval, cache) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);

var job = new Job("victim");
Pipelines.Define(job, [.. Enumerable.Range(0, readings).Select(static n => (long)n)], Path.Combine(directory, "output"));
var result = await job.RunAsync(new JobOptions
{
    Parallelism = parallelism,
    CheckpointDirectory = Path.Combine(directory, "checkpoints"),
    CheckpointInterval = TimeSpan.FromMilliseconds(interval),
    MaxRecordsPerSecond = rate > 0 ? rate : null,
    StateBackend = cache == 0 ? StateBackend.File : RocksDb.Backend(new RocksDbOptions
    {
        Directory = Path.Combine(directory, "working"),
        CacheBytes = cache,
    }),
    OnEvent = static happened => Console.WriteLine(happened),
});
Console.WriteLine($"done: {result}");
