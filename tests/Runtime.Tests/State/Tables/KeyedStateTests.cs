using Weir.Runtime.Operators.Windows;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;
using KeyedTable = Weir.Runtime.State.Tables.StateTable<long, long, long>;
using Queue = Weir.Runtime.State.Timers.TimerQueue<long, long, Weir.Runtime.Tests.State.Tables.LongKeys>;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>The keyed state of an operator on its way to the store: piece by piece, and back.</summary>
public sealed class KeyedStateTests
{
    private const int Groups = 128;
    private static readonly LongKeys Functor = new(KeySeed.Of(3));

    [Theory]
    [InlineData(2_000)]
    [InlineData(50_000)]
    public async Task State_is_encoded_in_pieces_whatever_its_size_and_never_held(int keys)
    {
        var writer = new OperatorStateWriter("op");
        var table = Table(valueBytes: 4096, keys, windows: 5);
        new KeyedState("op", Groups, table).Snapshot(writer);
        var files = new TailOfFiles(4096);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PutAside(writer);
        var snapshot = await writer.FinishAsync(files, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(snapshot.SizeBytes > keys * 4096L);
        Assert.True(files.GreatestWrite <= KeyGroupPiece.FullBytes + 5000, $"{files.GreatestWrite} bytes in one piece");
        Assert.True(allocated < 4 << 20, $"{allocated:N0} bytes were allocated for {snapshot.SizeBytes:N0} of state");
        Assert.True(snapshot.KeyGroups.Length <= Groups + (snapshot.SizeBytes / KeyGroupPiece.FullBytes), "there are too many slices");
    }

    [Fact]
    public async Task A_subtask_with_more_than_two_gigabytes_writes_them_and_finds_its_keys_behind_them()
    {
        const int ValueBytes = 64 * 1024;
        var writer = new OperatorStateWriter("op");
        new KeyedState("op", Groups, Table(ValueBytes, keys: 34_000, windows: 3)).Snapshot(writer);
        var files = new TailOfFiles(1 << 20);
        PutAside(writer);
        var snapshot = await writer.FinishAsync(files, CancellationToken.None);

        Assert.True(snapshot.SizeBytes > int.MaxValue);
        Assert.Equal(files.Length, snapshot.SizeBytes);
        var last = snapshot.KeyGroups[^1];
        Assert.True(last.Offset > int.MaxValue);
        var restored = Table(ValueBytes, keys: 0, windows: 3);
        new KeyedState("op", Groups, restored).Restore([snapshot.ToState([new StoredState(snapshot.Handles[0], files.Open)]).KeyGroups[^1]]);
        var (found, count) = Content(restored);
        Assert.Equal(last.Length / ValueBytes, count);
        Assert.All(found, entry => Assert.Equal(entry.Key.Key * 7, entry.Value));
        Assert.All(found, entry => Assert.Equal(entry.Key.Key % 3, entry.Key.Window));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(40_000, 1)]
    [InlineData(40_000, 3)]
    [InlineData(40_000, 128)]
    public void All_parts_come_back_from_pieces_in_any_order_also_when_they_are_dealt_out_anew(int keys, int parallelism)
    {
        var written = Write(keys, valueBytes: 1500);
        var pieces = written.KeyGroups.Length;
        Assert.True(keys < 1000 || pieces > Groups, $"{pieces} pieces");
        Assert.All(written.KeyGroups, piece => Assert.True(piece.Entries.Length <= KeyGroupPiece.FullBytes + 2000));

        // In any order within a group.
        var shuffled = written with { KeyGroups = [.. written.KeyGroups.Reverse()] };
        var entries = new SortedDictionary<(long Key, long Window), long>();
        var timers = new List<Timer<long, long>>();
        foreach (var dealt in Rescaling.Deal("op", [shuffled], parallelism, Groups))
        {
            var (table, queue) = (Table(1500, keys: 0, windows: 1), Timers());
            new KeyedState("op", Groups, table, queue).Restore(dealt.KeyGroups);
            foreach (var (at, value) in Content(table).Entries)
            {
                entries.Add(at, value);
            }

            while (queue.TryTake(long.MaxValue, out var timer))
            {
                timers.Add(timer);
            }
        }

        Assert.Equal(keys, entries.Count);
        Assert.All(entries, entry => Assert.Equal((entry.Key.Key % 10, entry.Key.Key * 7), (entry.Key.Window, entry.Value)));
        Assert.Equal(Enumerable.Range(0, keys).Select(key => new Timer<long, long>(key, 1, key % 100)).ToHashSet(), timers.ToHashSet());
    }

    [Fact]
    public void State_that_would_go_on_changing_is_written_at_the_barrier_in_pieces_too()
    {
        var functor = new ListKeys(KeySeed.Fixed);
        var codecs = new EntryCodecs<long, NoNamespace, List<long>>(
            Codecs.Of<long>(), NoNamespace.Codec, new RecordListCodec<long>(new WideNumbers(500)));
        var table = new HeapBackend().Open<long, NoNamespace, List<long>, ListKeys>(codecs, functor, KeySeed.Fixed);
        for (var i = 0; i < 100_000; i++)
        {
            table.Open(default).Find(i % 1000, functor.Hash(i % 1000)).Value.Add(i);
        }

        var writer = new OperatorStateWriter("op");
        new KeyedState("op", 8, table).Snapshot(writer);
        table.Open(default).Find(5, functor.Hash(5)).Value.Add(-1);
        var state = writer.ToState();

        Assert.True(state.KeyGroups.Length > 100, $"{state.KeyGroups.Length} pieces");
        var restored = new HeapBackend().Open<long, NoNamespace, List<long>, ListKeys>(codecs, functor, KeySeed.Fixed);
        new KeyedState("op", 8, restored).Restore(state.KeyGroups);
        for (var key = 0L; key < 1000; key++)
        {
            Assert.Equal(
                Enumerable.Range(0, 100).Select(i => key + (1000L * i)), restored.Open(default).FindExisting(key, functor.Hash(key)).Value);
        }
    }

    [Fact]
    public void H5_what_expired_untouched_leaves_the_files_when_all_of_the_first_run_has()
    {
        const int Keys = 5_000;
        var (now, files) = (0L, new StoredFiles());
        var codecs = new EntryCodecs<long, long, long>(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<long>())
        {
            // A value is the time of its last update.
            Kept = () => (ref long updated) => updated + 1_000 > now,
            Lifetime = new EntryLifetime(1_000, () => now),
        };
        var table = new HeapBackend().Open<long, long, long, LongKeys>(codecs, Functor, KeySeed.Fixed);
        for (var key = 0L; key < Keys; key++)
        {
            table.Open(0).Find(key, Functor.Hash(key)).Value = 0;
        }

        var state = new KeyedState("op", Groups, table);
        var (first, most) = (Snapshot(), 0L);
        for (var snapshot = 0; snapshot < 60; snapshot++)
        {
            now += 30;
            table.Open(0).Find(snapshot % 3, Functor.Hash(snapshot % 3)).Value = now;
            most = Math.Max(most, Snapshot());
        }

        Assert.True(first > Keys * 2, $"{first} bytes");
        Assert.True(most > first, $"{most} bytes at most");
        Assert.InRange(Snapshot(), 1, first / 100);

        long Snapshot()
        {
            var writer = new OperatorStateWriter("op");
            state.Snapshot(writer);
            PutAside(writer);
            var written = writer.FinishAsync(files.Of("op"), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            writer.Settle(isWritten: true);
            return written.SizeBytes;
        }
    }

    private static OperatorState Write(int keys, int valueBytes)
    {
        var timers = Timers();
        for (var key = 0L; key < keys; key++)
        {
            timers.Register(key, 1, key % 100);
        }

        var writer = new OperatorStateWriter("op");
        new KeyedState("op", Groups, Table(valueBytes, keys, windows: 10), timers).Snapshot(writer);
        return writer.ToState();
    }

    private static void PutAside(OperatorStateWriter writer)
    {
        var all = int.MaxValue;
        Assert.True(writer.Sweep(ref all));
    }

    private static Queue Timers() => new(Codecs.Of<long>(), Codecs.Of<long>(), Functor, KeySeed.Fixed);

    private static KeyedTable Table(int valueBytes, int keys, int windows)
    {
        var table = new HeapBackend().Open<long, long, long, LongKeys>(
            new(Codecs.Of<long>(), Codecs.Of<long>(), new WideNumbers(valueBytes)), Functor, KeySeed.Fixed);
        for (var key = 0L; key < keys; key++)
        {
            table.Open(key % windows).Find(key, Functor.Hash(key)).Value = key * 7;
        }

        return table;
    }

    private static (Dictionary<(long Key, long Window), long> Entries, int Count) Content(KeyedTable table)
    {
        var entries = new Dictionary<(long, long), long>();
        foreach (var window in table.Namespaces)
        {
            var keys = table.Open(window);
            foreach (var slot in keys.Chunk(0))
            {
                if (keys.IsUsed(slot.Epoch))
                {
                    entries.Add((slot.Key, window), slot.Value);
                }
            }
        }

        return (entries, entries.Count);
    }

    private readonly struct ListKeys(KeySeed seed) : ITableFunctor<long, List<long>>
    {
        public ulong Hash(in long key) => KeyHash.Of(key, seed);

        public bool AreEqual(in long left, in long right) => left == right;

        public List<long> Create() => [];
    }
}
