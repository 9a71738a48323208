using System.Diagnostics;
using System.Globalization;
using Weir.RocksDbState;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Bench.RocksDbState;

/// <summary>One operator's state in RocksDB, worked on as a kernel does: a look at the home slot, a batch at a time.</summary>
internal sealed class Bench : IDisposable
{
    public const int Batch = 1024;

    private readonly StateBackend _state;

    public Bench(string directory, RocksDbOptions? options = null)
    {
        var backend = RocksDb.Backend((options ?? new()) with { Directory = directory });
        _state = backend.Begin(new StateOwner("bench", 1, 0, 0, "op", 128, new KeyGroupRange(0, 127), static _ => { }));
        Table = _state.Open<long, NoNamespace, long, Sums>(
            new(Codecs.Of<long>(), NoNamespace.Codec, Codecs.Of<long>()), default(Sums), KeySeed.Fixed);
        Keys = Table.Open(default);
        Keyed = new KeyedState(_state, "op", 128, Table);
    }

    public StateTable<long, NoNamespace, long> Table { get; }

    public KeyTable<long, long> Keys { get; private set; }

    public KeyedState Keyed { get; }

    /// <summary>Gets the longest time between two batches.</summary>
    public TimeSpan LongestPause { get; set; }

    /// <summary>Takes up the state.</summary>
    public void Restore(OperatorState state)
    {
        Keyed.Restore(state, []);
        Keys = Table.Open(default);
    }

    /// <summary>Adds to keys that are given by a function, so many times.</summary>
    public void Add(long count, Func<long, long> keyOf, Action? between = null)
    {
        for (var done = 0L; done < count; done += Batch)
        {
            Tend();
            between?.Invoke();
            for (var i = done; i < Math.Min(count, done + Batch); i++)
            {
                var key = keyOf(i);
                var hash = default(Sums).Hash(key);
                ref var slot = ref Keys.Slots[(int)(hash >> Keys.Shift)];
                if (slot.Epoch != Keys.Epoch || slot.Key != key)
                {
                    slot = ref Keys.Find(key, hash);
                }

                slot.Value += i;
            }
        }
    }

    public bool Tend()
    {
        var begin = Stopwatch.GetTimestamp();
        var isBusy = _state.Tend(isHeld: false);
        var took = Stopwatch.GetElapsedTime(begin);
        LongestPause = took > LongestPause ? took : LongestPause;
        return isBusy;
    }

    public void Dispose() => _state.Close();

    public static double Rate(long count, Action run)
    {
        var begin = Stopwatch.GetTimestamp();
        run();
        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public static void Print(string what, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-62} {rate,16:N0} /s"));

    /// <summary>Keys that come in no order, each as often as the others.</summary>
    public static Func<long, long> Uniform(long keys) => i => (long)(((ulong)i * 0x9E3779B97F4A7C15UL >> 20) % (ulong)keys);
}
