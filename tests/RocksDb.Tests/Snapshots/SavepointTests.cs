using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.RocksDbState.Tests.Doubles;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Snapshots;

/// <summary>State that changes its backend.</summary>
public sealed class SavepointTests
{
    private const int KeyGroupCount = 16;

    [Fact]
    public void A_savepoint_of_RocksDB_is_read_on_the_heap_and_back()
    {
        using var directory = new TemporaryDirectory();
        var written = Begin(directory.Path, out var state);
        for (var i = 0L; i < 20_000; i++)
        {
            written.Table.Open(i % 3).Find(i % 700, written.Functor.Hash(i % 700)).Value += i;
            if (i % 100 == 0)
            {
                state.Tend(isHeld: false);
            }
        }

        written.Table.Remove(2);
        var savepoint = Savepoint(written.Keyed);
        written.Table.Open(0).Find(1, written.Functor.Hash(1)).Value = -1;
        state.Close();

        var heap = new Member(new HeapBackend());
        heap.Keyed.Restore(savepoint, []);
        var back = Begin(directory.Path, out var again);
        back.Keyed.Restore(Savepoint(heap.Keyed), []);
        Assert.Equal(heap.All(), back.All());
        Assert.Equal(2 * 700, heap.All().Count);
        Assert.Equal(Enumerable.Range(0, 20_000).Where(i => i % 3 == 0 && i % 700 == 1).Sum(i => (long)i), heap.All()[(0, 1)]);
        again.Close();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task What_is_removed_behind_a_savepoint_small_or_large_is_gone_from_checkpoints_on_RocksDB(int others)
    {
        using var directory = new TemporaryDirectory();
        var heap = new Member(new HeapBackend());
        for (var i = 0L; i <= others; i++)
        {
            heap.Table.Open(i % 2).Find(i, heap.Functor.Hash(i)).Value = i + 1;
        }

        var files = new RecordedFiles();
        var savepoint = new OperatorStateWriter("op") { IsSavepoint = true };
        heap.Keyed.Snapshot(savepoint);
        var stored = files.StateOf(await FinishAsync(savepoint, files, static () => { }));

        var first = Begin(directory.Path, out var state);
        first.Keyed.Restore(stored, []);
        Assert.Equal(heap.All(), first.All());
        first.Table.Remove(1);
        first.Table.Open(0).Find(0, first.Functor.Hash(0)).Value = 7;
        var expected = first.All();
        var checkpoint = new OperatorStateWriter("op");
        first.Keyed.Snapshot(checkpoint);
        var snapshot = await FinishAsync(checkpoint, files, () => state.Tend(isHeld: false));
        state.Close();

        var second = Begin(directory.Path, out var again);
        second.Keyed.Restore(files.StateOf(snapshot), []);
        Assert.Equal(expected, second.All());
        again.Close();
    }

    [Fact]
    public async Task A_checkpoint_of_another_backend_is_refused_with_what_to_do()
    {
        using var directory = new TemporaryDirectory();
        var written = Begin(directory.Path, out var state);
        written.Table.Open(0).Find(1, written.Functor.Hash(1)).Value = 1;
        var writer = new OperatorStateWriter("op");
        written.Keyed.Snapshot(writer);
        var files = new RecordedFiles();
        var snapshot = await FinishAsync(writer, files, () => state.Tend(isHeld: false));
        state.Close();
        var stored = files.StateOf(snapshot);
        var failure = Assert.Throws<OtherBackendException>(() => new Member(new HeapBackend()).Keyed.Restore(stored, []));
        Assert.Contains("savepoint", failure.Message, StringComparison.Ordinal);
    }

    private static Member Begin(string directory, out CachedState state)
    {
        var memory = new NativeMemory(new RocksDbOptions());
        var owner = new StateOwner("job", 1, 0, 0, "op", KeyGroupCount, new KeyGroupRange(0, KeyGroupCount - 1), static _ => { });
        var room = new StoreRoom(new WorkingDirectory(directory), owner, path => new RocksStore(memory, path));
        state = new CachedState(owner, room, new CacheBudget(4000));
        return new Member(state);
    }

    private static ValueTask<OperatorSnapshot> FinishAsync(OperatorStateWriter writer, RecordedFiles files, Action tend)
    {
        while (!writer.IsReady)
        {
            tend();
        }

        var all = int.MaxValue;
        Assert.True(writer.Sweep(ref all));
        return writer.FinishAsync(files, TestContext.Current.CancellationToken);
    }

    private static OperatorState Savepoint(KeyedState keyed)
    {
        var writer = new OperatorStateWriter("op") { IsSavepoint = true };
        keyed.Snapshot(writer);
        return writer.ToState();
    }

    private sealed class Member
    {
        public Member(StateBackend backend)
        {
            Functor = new Keys<long, long>(Codecs.Of<long>(), static () => 0);
            Table = backend.Open<long, long, long, Keys<long, long>>(
                new(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<long>()), Functor, KeySeed.Fixed);
            Keyed = new KeyedState(backend, "op", KeyGroupCount, Table);
        }

        public Keys<long, long> Functor { get; }

        public StateTable<long, long, long> Table { get; }

        public KeyedState Keyed { get; }

        public SortedDictionary<(long, long), long> All()
        {
            var all = new SortedDictionary<(long, long), long>();
            foreach (var name in Table.Namespaces.ToList())
            {
                Assert.True(Table.TryFind(name, out var keys));
                foreach (var slot in keys.All())
                {
                    all.Add((name, slot.Key), slot.Value);
                }
            }

            return all;
        }
    }
}
