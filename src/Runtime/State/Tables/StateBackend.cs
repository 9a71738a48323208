using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Telemetry;

namespace Weir;

/// <summary>
/// Where the keyed state of a job lives while it runs, and how it gets into a checkpoint. Chosen by <c>JobOptions.StateBackend</c>. Another
/// one may be chosen when a job begins with a savepoint, which has one form for all. A checkpoint may be refused by another backend than
/// the one that took it: no backend on the heap reads the files of one on a disk, nor does that one read changes without the whole.
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
    /// Gets the default: state on the heap. A checkpoint writes what has changed since the one before to the checkpoint store, while
    /// records go on.
    /// </summary>
    public static StateBackend File { get; } = new HeapBackend();

    /// <summary>
    /// Gets how many bytes of an operator's state in one subtask a checkpoint may hold, if it is kept in the manifest as a whole; null if
    /// it goes to files.
    /// </summary>
    internal virtual long? LimitBytes => null;

    /// <summary>Gets what the tables of an operator take. Any thread may ask; the answer may be a moment old.</summary>
    internal virtual StateFigures Figures => default;

    /// <summary>
    /// State on the heap; a checkpoint encodes all of it at the barrier, and the coordinator holds it and writes it into the manifest. For
    /// small state and for tests: no file beside the manifest is written.
    /// </summary>
    /// <param name="limitBytes">
    /// The most bytes of one operator's state in one subtask. A job with more fails for good at its next checkpoint, whatever failures it
    /// tolerates: the exception names the operator, the size of its state and the limit.
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

    /// <summary>Begins the state of one operator in one subtask. Nothing is opened before it is needed.</summary>
    /// <param name="owner">Whose state it is.</param>
    /// <returns>What gives the operator its tables, from its subtask's thread; this one, if operators share nothing.</returns>
    internal virtual StateBackend Begin(StateOwner owner) => this;

    /// <summary>Writes what the tables of an operator hold, as far as their own snapshots do not.</summary>
    /// <param name="parts">The parts of the operator's keyed state, in the order of the checkpoint.</param>
    /// <param name="writer">Where to.</param>
    internal virtual void Snapshot(IReadOnlyList<KeyedPart> parts, OperatorStateWriter writer)
    {
    }

    /// <summary>Takes up the files that it wrote at a checkpoint, before entries of key groups are restored.</summary>
    /// <param name="parts">What takes up the parts of the checkpoint, in its order.</param>
    /// <param name="state">What was written.</param>
    internal virtual void Restore(IReadOnlyList<KeyedPart> parts, OperatorState state)
    {
        if (!state.Files.IsEmpty)
        {
            throw new OtherBackendException(state.Id, "a backend on a disk", "on the heap");
        }
    }

    /// <summary>
    /// Does a portion of what a backend does beside records: called at the beginning of each step, between two batches. Slots may move:
    /// whoever remembers them from batch to batch looks at <see cref="StateTable{TKey, TNamespace, TValue}.Moves"/>.
    /// </summary>
    /// <param name="isHeld">Whether an operator may be in the middle of a walk over a table.</param>
    /// <returns>Whether there is more to do before long, though no record comes.</returns>
    internal virtual bool Tend(bool isHeld) => false;

    /// <summary>The operator's subtask has ended: lets go of what was opened for it.</summary>
    internal virtual void Close()
    {
    }
}
