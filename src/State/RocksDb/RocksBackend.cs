using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState;

/// <summary>What the operators and jobs of a process share: memory, and a working directory.</summary>
internal sealed class RocksBackend(RocksDbOptions options) : StateBackend
{
    private readonly Lazy<NativeMemory> _memory = new(() => new NativeMemory(options));
    private readonly CacheBudget _budget = new(options.CacheBytes);
    private readonly WorkingDirectory _directory = new(options.Directory ?? Path.Combine(Path.GetTempPath(), "weir-rocksdb"));

    /// <inheritdoc/>
    public override string ToString() => "RocksDB";

    /// <inheritdoc/>
    internal override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor, KeySeed seed) =>
        throw new InvariantException("a table was opened of no operator");

    /// <inheritdoc/>
    internal override StateBackend Begin(StateOwner owner) => new CachedState(
        owner,
        new StoreRoom(_directory, owner, directory => new RocksStore(_memory.Value, directory)),
        _budget,
        static work => ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false));
}
