namespace Weir.RocksDbState;

/// <summary>RocksDB as the home of keyed state.</summary>
public static class RocksDb
{
    /// <summary>
    /// A backend that keeps state on the local disk, in RocksDB, behind a cache on the heap: for state that is larger than memory.
    /// </summary>
    /// <remarks>
    /// Make it once for a process and give it to all of its jobs (<see cref="JobOptions.StateBackend"/>): they share its memory.
    /// Checkpoints
    /// are incremental: only tables of RocksDB that are new since the checkpoint before are written. It needs
    /// <see cref="JobOptions.CheckpointDirectory"/> to last.
    /// </remarks>
    /// <param name="options">The memory and the disk that it may take; null for the defaults.</param>
    /// <returns>The backend. Nothing is opened before a job has state.</returns>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static StateBackend Backend(RocksDbOptions? options = null)
    {
        options ??= new RocksDbOptions();
        options.Check();
        return new RocksBackend(options);
    }
}
