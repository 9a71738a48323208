namespace Weir.RocksDbState.Tables;

/// <summary>The memory of the cache on the heap, dealt out evenly to the operators and subtasks that use it.</summary>
internal sealed class CacheBudget(long bytes)
{
    private int _users;

    /// <summary>Gets what each user may take.</summary>
    public long Share => bytes / Math.Max(1, Volatile.Read(ref _users));

    /// <summary>One user more.</summary>
    public void Join() => Interlocked.Increment(ref _users);

    /// <summary>One user less.</summary>
    public void Leave() => Interlocked.Decrement(ref _users);
}
