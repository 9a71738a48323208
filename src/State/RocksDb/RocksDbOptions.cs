namespace Weir.RocksDbState;

/// <summary>The memory and the disk that RocksDB may take in this process.</summary>
/// <remarks>
/// The three amounts of memory are limits of all jobs and subtasks that use the backend made of these options: together they are what a
/// large state takes more than a small one. The code of RocksDB, some 23 MiB, comes beside, and a third of small limits for what the
/// collector and the C library keep. Texts, arrays and classes are weighed as they grow, and count twice: as much again
/// waits for the collector. So of such values the cache holds half of its bytes.
/// Beside them lie, on the heap: timers and the timers of sessions, some 100 bytes each; the running
/// sums of sliding windows and the slices of late records, a slot for each key of an open window; about a kilobyte for each open window;
/// and, if all of a full cache changes while a checkpoint is being written, as much again as the cache.
/// </remarks>
public sealed record RocksDbOptions
{
    /// <summary>The least memory of each kind, in bytes.</summary>
    public const long MinBytes = 1 << 20;

    /// <summary>
    /// Gets the directory for the working files: a fast local disk with room for twice the state. Null, the default, is a directory
    /// <c>weir-rocksdb</c> in that for temporary files. Nothing in it outlives an attempt: checkpoints are what lasts.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Gets the memory of the cache of hot entries on the heap, in bytes, as far as it can be estimated: 256 MiB by default.
    /// </summary>
    /// <remarks>Dealt out evenly to the operators and subtasks that have state.</remarks>
    public long CacheBytes { get; init; } = 256L << 20;

    /// <summary>Gets the memory of RocksDB's cache of blocks, in bytes, filters and indexes included: 128 MiB by default.</summary>
    public long BlockCacheBytes { get; init; } = 128L << 20;

    /// <summary>Gets the memory of RocksDB's write buffers, in bytes: 128 MiB by default.</summary>
    public long WriteBufferBytes { get; init; } = 128L << 20;

    /// <summary>Throws what tells the user which option is wrong.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CacheBytes, MinBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockCacheBytes, MinBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(WriteBufferBytes, MinBytes);
        if (Directory is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(Directory);
        }
    }
}
