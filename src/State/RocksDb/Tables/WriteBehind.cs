using Weir.RocksDbState.Stores;
using Weir.Runtime;

namespace Weir.RocksDbState.Tables;

/// <summary>
/// What the tables of one operator have still to write to their store: entries that are evicted or cleaned, and what was removed.
/// </summary>
/// <remarks>
/// Whatever is written is written behind the removals before it. Between a barrier and the link that keeps the store as of that barrier
/// nobody but the barrier's <see cref="Stage"/> writes, and later removals wait.
/// </remarks>
/// <param name="open">Opens the store, when it is needed first.</param>
internal sealed class WriteBehind(Func<IEntryStore> open)
{
    // A batch of so many bytes is worth a call.
    private const int FullBytes = 256 << 10;

    private const int ManyRemovals = 4096;

    private readonly ByteRows _puts = new();
    private readonly List<Stage> _stages = [];
    private IEntryStore? _store;
    private Removals _removed = new();

    /// <summary>Gets the store.</summary>
    public IEntryStore Store => _store ??= open();

    /// <summary>Gets a value indicating whether the store has been opened.</summary>
    public bool IsOpen => _store is not null;

    /// <summary>Gets a value indicating whether so many keys are gone that they should be written.</summary>
    public bool HasManyRemovals => _removed.Count > ManyRemovals;

    /// <summary>Takes a store that was restored.</summary>
    public void Use(IEntryStore store) => _store = store;

    /// <summary>Where the next entry is written: its key, then <see cref="ByteRows.EndKey"/>, its value, and <see cref="End"/>.</summary>
    public ByteRows Begin(int column)
    {
        _puts.Tag = column;
        return _puts;
    }

    /// <summary>An entry has been written.</summary>
    public void End()
    {
        _puts.End();
        if (_puts.Bytes >= FullBytes)
        {
            Write();
        }
    }

    /// <summary>A key is gone.</summary>
    public void Remove(int column, ReadOnlySpan<byte> key) => _removed.Add(column, key);

    /// <summary>All keys that begin so are gone.</summary>
    public void RemoveAll(int column, byte[] prefix) => _removed.AddAll(column, prefix);

    /// <summary>Whether a key that the store still has, or is about to get, is gone.</summary>
    public bool IsRemoved(int column, ReadOnlySpan<byte> key)
    {
        if (_removed.Has(column, key))
        {
            return true;
        }

        foreach (var stage in _stages)
        {
            if (stage.Removals.Has(column, key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A barrier has come: what is removed from now on waits until its stage has thawed.</summary>
    public Stage Freeze(IReadOnlyList<IAside> asides)
    {
        var stage = new Stage(_removed, asides);
        _removed = new Removals();
        _stages.Add(stage);
        return stage;
    }

    /// <summary>The stage of a barrier is in the store, which has been kept as it was then.</summary>
    public void Thaw(Stage stage)
    {
        stage.Settle();
        _stages.Remove(stage);
    }

    /// <summary>Writes entries that have been gathered, if there are any.</summary>
    public void WritePuts()
    {
        if (_puts.Count > 0)
        {
            Write();
        }
    }

    /// <summary>Writes what has been gathered, in order of keys, removals first. Not while there is a stage.</summary>
    public void Write()
    {
        Invariant.Holds(_stages.Count == 0, "entries were written while a barrier's were");
        if (_removed.Count > 0)
        {
            _removed.WriteTo(Store);
            _removed = new Removals();
        }

        foreach (var row in _puts.Order())
        {
            Store.Put(_puts.TagOf(row), _puts.Key(row), _puts.Value(row));
        }

        _puts.Clear();
        Store.Write();
    }

    /// <summary>Closes the store. What has not been written is lost.</summary>
    public void Close() => _store?.Dispose();
}
