using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir;

/// <summary>
/// Where the keyed state of a job lives while it runs, and how it gets into a checkpoint. Chosen by
/// <see cref="JobOptions.StateBackend"/>; another one may be chosen with each start of a job.
/// </summary>
/// <remarks>Implemented by Weir and its packages. Any thread may use it.</remarks>
public abstract class StateBackend
{
    /// <summary>The limit of <see cref="Memory"/>: 5 MiB.</summary>
    public const long DefaultMemoryLimitBytes = 5L << 20;

    /// <summary>Only packages of Weir make backends.</summary>
    internal StateBackend()
    {
    }

    /// <summary>
    /// Gets the default: state on the heap. A checkpoint writes what has changed since the one before to the checkpoint store, while records
    /// go on.
    /// </summary>
    public static StateBackend File { get; } = new HeapBackend();

    /// <summary>
    /// Gets how many bytes of an operator's state in one subtask a checkpoint may hold, if it is kept in the manifest as a whole; null if it
    /// goes to files.
    /// </summary>
    internal virtual long? LimitBytes => null;

    /// <summary>
    /// State on the heap; a checkpoint encodes all of it at the barrier, and the coordinator holds it and writes it into the manifest. For
    /// small state and for tests: no file beside the manifest is written.
    /// </summary>
    /// <param name="limitBytes">
    /// The most bytes of one operator's state in one subtask. A job with more fails, and is told so.
    /// </param>
    /// <returns>The backend.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public static StateBackend Memory(long limitBytes = DefaultMemoryLimitBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limitBytes);
        return new HeapBackend(limitBytes);
    }

    /// <summary>A table by key and namespace.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TNamespace">The namespace.</typeparam>
    /// <typeparam name="TValue">The value.</typeparam>
    /// <typeparam name="TFunctor">What it is specialised on.</typeparam>
    /// <param name="codecs">How its entries are written.</param>
    /// <param name="functor">How keys are told apart and values begin.</param>
    /// <param name="seed">Spreads namespaces.</param>
    /// <returns>An empty table.</returns>
    internal abstract StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs,
        TFunctor functor,
        KeySeed seed)
        where TNamespace : IEquatable<TNamespace>
        where TFunctor : struct, ITableFunctor<TKey, TValue>;
}
