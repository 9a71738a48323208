using Weir.RocksDbState;

namespace Weir.Guide.Tests.Backends;

internal static class RocksDbSnippet
{
    // <snippet backend-rocksdb>
    private static readonly StateBackend Backend = RocksDb.Backend(new RocksDbOptions
    {
        Directory = "/var/lib/orders",
        CacheBytes = 1L << 30,
    });

    public static Task RunAsync(Job job) =>
        job.RunAsync(new JobOptions { StateBackend = Backend, CheckpointDirectory = "/mnt/checkpoints" });
    // </snippet>
}
