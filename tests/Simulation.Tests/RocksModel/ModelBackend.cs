using System.Globalization;
using Weir.RocksDbState;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.RocksModel;

/// <summary>
/// The backend of RocksDB as it is, cache, sweeps, uploads and restores, with a model of the database itself.
/// </summary>
/// <param name="files">The files of the process: what stands before its operations stands before those of the database.</param>
/// <param name="cacheBytes">The memory of the cache: little, so that entries are evicted.</param>
internal sealed class ModelBackend(IFileSystem files, long cacheBytes) : StateBackend
{
    private readonly CacheBudget _budget = new(cacheBytes);

    public override string ToString() => "a model of RocksDB";

    internal override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor, KeySeed seed) =>
        throw new InvariantException("a table was opened of no operator");

    internal override StateBackend Begin(StateOwner owner) => new CachedState(owner, new Room(files as ProcessFiles, owner), _budget);

    private sealed class Room(ProcessFiles? process, StateOwner owner) : IStoreRoom
    {
        private readonly string _path = string.Create(CultureInfo.InvariantCulture, $"/rocks/{owner.Chain}-{owner.Subtask}");
        private int _next;

        public string NewDirectory(string what) => string.Create(CultureInfo.InvariantCulture, $"{_path}/{what}-{_next++}");

        public IEntryStore Open() => new ModelStore(Disk, []);

        public IEntryStore Restore(IEnumerable<(string Name, Func<Stream> Open)> files) =>
            new ModelStore(Disk, [.. files.Select(file => (file.Name, Read(file.Open)))]);

        public void Discard(string directory)
        {
        }

        public void Dispose()
        {
        }

        private static byte[] Read(Func<Stream> open)
        {
            using var from = open();
            using var to = new MemoryStream();
            from.CopyTo(to);
            return to.ToArray();
        }

        private void Disk(string operation) => process?.Call(operation, _path, () => true);
    }
}
