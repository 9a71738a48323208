using Weir.RocksDbState;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Bench.RocksDbState;

/// <summary>One operator's state of values of a kilobyte in RocksDB: a gigabyte of it is made in a million records.</summary>
internal sealed class Documents : IDisposable
{
    private const int ValueBytes = 1000;
    private const int Batch = 256;

    private readonly StateBackend _state;
    private readonly StateTable<long, NoNamespace, byte[]> _table;
    private readonly KeyedState _keyed;

    public Documents(string directory, RocksDbOptions? options = null)
    {
        _state = RocksDb.Backend((options ?? new()) with { Directory = directory })
            .Begin(new StateOwner("bench", 1, 0, 0, "op", 128, new KeyGroupRange(0, 127), static _ => { }));
        _table = _state.Open<long, NoNamespace, byte[], Keys>(
            new(Codecs.Of<long>(), NoNamespace.Codec, Codecs.Of<byte[]>()), default(Keys), KeySeed.Fixed);
        _keyed = new KeyedState(_state, "op", 128, _table);
    }

    /// <summary>Gives new keys a value each, of bytes that do not compress; both depend on the number of the record alone.</summary>
    public void Fill(int count, Action? between = null)
    {
        var keys = _table.Open(default);
        for (var i = 0; i < count; i++)
        {
            if (i % Batch == 0)
            {
                _state.Tend(isHeld: false);
                between?.Invoke();
            }

            var key = KeyOf(i);
            keys.Find(key, default(Keys).Hash(key)).Value = ValueOf(i);
        }
    }

    /// <summary>Writes a checkpoint.</summary>
    public OperatorSnapshot Snapshot(DirectoryFiles files)
    {
        var writer = new OperatorStateWriter("op");
        _keyed.Snapshot(writer);
        while (!writer.IsReady)
        {
            _state.Tend(isHeld: false);
        }

        var all = int.MaxValue;
        writer.Sweep(ref all);
        return writer.FinishAsync(files, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Takes up the state and works on a record.</summary>
    /// <exception cref="InvalidDataException">It is not the state that was written.</exception>
    public void Restore(OperatorState state, int record)
    {
        _keyed.Restore(state, []);
        var key = KeyOf(record);
        if (!_table.Open(default).Find(key, default(Keys).Hash(key)).Value.AsSpan().SequenceEqual(ValueOf(record)))
        {
            throw new InvalidDataException($"Record {record} has another value than it was given.");
        }
    }

    public void Dispose() => _state.Close();

    private static long KeyOf(int record) => (long)((ulong)(record + 1) * 0x9E3779B97F4A7C15UL);

    private static byte[] ValueOf(int record)
    {
        var value = new byte[ValueBytes];
        new Random(record).NextBytes(value);
        return value;
    }

    private readonly struct Keys : ITableFunctor<long, byte[]>
    {
        public ulong Hash(in long key) => KeyHash.Of(key, KeySeed.Fixed);

        public bool AreEqual(in long left, in long right) => left == right;

        public byte[] Create() => [];
    }
}
