using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Keeps the records apart by key: all records of a key meet in one subtask.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key: needs a codec and value equality. Null keys are refused when they occur.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="key">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <returns>The keyed stream.</returns>
    public static KeyedStream<T, TKey> KeyBy<T, TKey>(this Stream<T> source, [Deterministic] Func<T, TKey> key)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(key);
        var stage = new KeyByStage<T, TKey>(source.Output, key);
        source.Job.Graph.Add(stage);
        return new KeyedStream<T, TKey>(source.Job, stage);
    }
}
