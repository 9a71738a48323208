using System.Globalization;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.RocksDbState.Tests.Doubles;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.Operators.Windows.Sessions;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Operators;

/// <summary>Open sessions in a cache that holds a few of them only, beside the same on the heap.</summary>
public sealed class EvictedSessionsTests
{
    private const int KeyGroupCount = 16;
    private const int Keys = 300;
    private const int Gap = 10;

    [Fact]
    public void A_session_that_was_evicted_is_over_at_its_end()
    {
        using var directory = new TemporaryDirectory();
        using var sessions = new Cached(directory.Path, new RecordedFiles());
        for (var key = 0; key < Keys; key++)
        {
            sessions.Add(key, time: key, value: 1, long.MinValue);
            sessions.Tend();
        }

        Assert.Equal(
            Enumerable.Range(0, Keys).Select(key => string.Create(CultureInfo.InvariantCulture, $"{key}=1[{key},{key + Gap})")),
            sessions.Over(Keys + Gap));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Sessions_grow_merge_and_end_as_on_the_heap_whether_evicted_or_restored(int seed)
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(seed);
        var heap = new Sessions(new HeapBackend());
        var files = new RecordedFiles();
        var cached = new Cached(directory.Path, files);
        for (long now = 0, watermark = long.MinValue; now < 3_000; now++)
        {
            for (var i = 0; i < 4; i++)
            {
                // Of some keys all the time, of others now and then; up to 60 out of order.
                var (key, time) = (random.Next(2) == 0 ? random.Next(8) : random.Next(Keys), now - random.Next(60));
                Assert.Equal(heap.Add(key, time, i, watermark), cached.Add(key, time, i, watermark));
            }

            cached.Tend();
            if (now % 7 == 0)
            {
                watermark = now - random.Next(50, 70);
                Assert.Equal(heap.Over(watermark).Order(StringComparer.Ordinal), cached.Over(watermark).Order(StringComparer.Ordinal));
            }

            if (now % 1000 == 500)
            {
                var next = new Cached(directory.Path, files);
                next.Restore(await cached.SnapshotAsync());
                cached.Dispose();
                cached = next;
                files.Attempt++;
            }
        }

        Assert.Equal(heap.Over(long.MaxValue).Order(StringComparer.Ordinal), cached.Over(long.MaxValue).Order(StringComparer.Ordinal));
        cached.Dispose();
    }

    private readonly struct Sums : IPaneFunctor<int, long, string>
    {
        public bool CanMerge => true;

        public ulong Hash(in int key) => KeyHash.Of(Codecs.Of<int>(), key, KeySeed.Fixed);

        public bool AreEqual(in int left, in int right) => left == right;

        public long Create() => 0;

        public void Merge(ref long accumulator, long other) => accumulator += other;

        public string Result(int key, TimeWindow window, ref long accumulator) =>
            string.Create(CultureInfo.InvariantCulture, $"{key}={accumulator}[{window.StartTime},{window.EndTime})");
    }

    private class Sessions
    {
        private readonly OpenSessions<int, long, string, Sums> _open;
        private readonly SessionWindow _windows = SessionWindow.WithGap(TimeSpan.FromMicroseconds(Gap));

        public Sessions(StateBackend backend)
        {
            var codec = new SessionCodec<long>(Codecs.Of<long>());
            _open = new(backend, new(Codecs.Of<int>(), NoNamespace.Codec, codec), default(Sums), KeySeed.Fixed);
            Keyed = new KeyedState(backend, "op", KeyGroupCount, _open.Parts);
        }

        protected KeyedState Keyed { get; }

        /// <summary>Adds a value; returns whether it was in time.</summary>
        public bool Add(int key, long time, long value, long watermark)
        {
            ref var sum = ref _open.Find(key, default(Sums).Hash(key), _windows.Of(time), watermark);
            var isInTime = !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref sum);
            if (isInTime)
            {
                sum += value;
            }

            return isInTime;
        }

        /// <summary>What is over by a watermark, in order.</summary>
        public List<string> Over(long watermark)
        {
            var over = new List<string>();
            while (_open.IsDue(watermark))
            {
                if (_open.Advance(watermark, out var key, out var session))
                {
                    over.Add(default(Sums).Result(key, new TimeWindow(session.Start, session.End), ref session.Accumulator));
                }
            }

            return over;
        }

        protected void ArmAll() => _open.ArmAll();
    }

    private sealed class Cached : Sessions, IDisposable
    {
        private readonly CachedState _state;
        private readonly RecordedFiles _files;

        public Cached(string directory, RecordedFiles files)
            : this(Begin(directory), files)
        {
        }

        private Cached(CachedState state, RecordedFiles files)
            : base(state) => (_state, _files) = (state, files);

        public void Tend() => _state.Tend(isHeld: false);

        public async Task<OperatorState> SnapshotAsync()
        {
            var writer = new OperatorStateWriter("op");
            Keyed.Snapshot(writer);
            while (!writer.IsReady)
            {
                Tend();
            }

            var all = int.MaxValue;
            Assert.True(writer.Sweep(ref all));
            return _files.StateOf(await writer.FinishAsync(_files, TestContext.Current.CancellationToken));
        }

        public void Restore(OperatorState state)
        {
            Keyed.Restore(state, []);
            ArmAll();
        }

        public void Dispose() => _state.Close();

        private static CachedState Begin(string directory)
        {
            var memory = new NativeMemory(new RocksDbOptions());
            var owner = new StateOwner("job", 1, 0, 0, "op", KeyGroupCount, new KeyGroupRange(0, KeyGroupCount - 1), static _ => { });
            var room = new StoreRoom(new WorkingDirectory(directory), owner, path => new RocksStore(memory, path));
            return new CachedState(owner, room, new CacheBudget(4000));
        }
    }
}
