namespace Weir;

/// <summary>Reads one split. Never waits: says <see cref="ReadStatus.Pending"/> instead.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface ISplitReader<T> : IDisposable
{
    /// <summary>Gets the offset behind the last record handed out.</summary>
    Offset Offset { get; }

    /// <summary>Fills a batch with the next records.</summary>
    /// <param name="batch">Empty; filled by <see cref="Batch{T}.Add(T)"/> or <see cref="Batch{T}.Lend"/>, up to its capacity.</param>
    /// <returns>What to expect of the next call. The batch may hold records whatever the answer.</returns>
    ReadStatus Read(Batch<T> batch);
}
