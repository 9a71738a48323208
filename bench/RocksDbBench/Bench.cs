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

    /// <summary>Gets or sets a value indicating whether the misses of a batch are fetched at once.</summary>
    public bool Prefetches { get; set; } = true;

    /// <summary>Gets or sets how long it took to make room, and to put aside.</summary>
    public TimeSpan Tending { get; set; }

    /// <summary>Gets or sets how long it took to fetch the misses of batches.</summary>
    public TimeSpan Prefetching { get; set; }

    /// <summary>Takes up the state.</summary>
    public void Restore(OperatorState state)
    {
        Keyed.Restore(state, []);
        Keys = Table.Open(default);
    }

    /// <summary>Adds to keys that are given by a function, so many times.</summary>
    public void Add(long count, Func<long, long> keyOf, Action? between = null)
    {
        Span<long> keys = stackalloc long[Batch];
        Span<ulong> hashes = stackalloc ulong[Batch];
        for (var done = 0L; done < count; done += Batch)
        {
            Tend();
            between?.Invoke();
            var many = (int)Math.Min(count - done, Batch);
            for (var i = 0; i < many; i++)
            {
                keys[i] = keyOf(done + i);
                hashes[i] = default(Sums).Hash(keys[i]);
            }

            if (Prefetches && Keys.Prefetches)
            {
                var begin = Stopwatch.GetTimestamp();
                Keys.Prefetch(keys[..many], hashes[..many]);
                Prefetching += Stopwatch.GetElapsedTime(begin);
            }

            for (var i = 0; i < many; i++)
            {
                ref var slot = ref Keys.Slots[(int)(hashes[i] >> Keys.Shift)];
                if (slot.Epoch != Keys.Epoch || slot.Key != keys[i])
                {
                    slot = ref Keys.Find(keys[i], hashes[i]);
                }

                slot.Value += done + i;
            }
        }
    }

    public bool Tend()
    {
        var begin = Stopwatch.GetTimestamp();
        var isBusy = _state.Tend(isHeld: false);
        var took = Stopwatch.GetElapsedTime(begin);
        LongestPause = took > LongestPause ? took : LongestPause;
        Tending += took;
        return isBusy;
    }

    public void Dispose() => _state.Close();

    public static double Rate(long count, Action run)
    {
        var begin = Stopwatch.GetTimestamp();
        run();
        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public static void Print(string what, double rate, double? beside = null) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-72} {rate,14:N0} /s{(beside is { } raw ? $", {rate / raw:N1} times the raw" : "")}"));

    /// <summary>Keys that come in no order, each as often as the others.</summary>
    public static Func<long, long> Uniform(long keys) => i => (long)(((ulong)i * 0x9E3779B97F4A7C15UL >> 20) % (ulong)keys);
}
