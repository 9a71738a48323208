using Weir.Graph;

namespace Weir;

/// <summary>A stream whose records are kept apart by key: all records of a key meet in one subtask.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class KeyedStream<T, TKey>
{
    internal KeyedStream(Job job, KeyByStage<T, TKey> stage)
    {
        Job = job;
        Stage = stage;
    }

    /// <summary>Gets the job that this stream belongs to.</summary>
    public Job Job { get; }

    /// <summary>Gets the stage that keys the stream.</summary>
    public KeyByStage<T, TKey> Stage { get; }
}
