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

    /// <summary>
    /// A checkpoint is complete: the job will not ask for anything in front of this offset again, unless it is started from an older
    /// checkpoint. The place to confirm the offset where the records come from. Does nothing by default.
    /// </summary>
    /// <remarks>
    /// <para>Called on the thread of the subtask, in turn with <see cref="Read"/>: it must not wait. What may block goes to
    /// <see cref="SourceContext.Background"/>.</para>
    /// <para>Calls come in the order of the checkpoints. A call may come late, and may be lost: a later one covers it (semantics R12). A
    /// savepoint is told to nobody, and a reader that has said <see cref="ReadStatus.End"/> is there no more.</para>
    /// </remarks>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="offset">The offset that it holds of this split.</param>
    void OnCheckpointComplete(CheckpointId checkpoint, Offset offset)
    {
    }
}
