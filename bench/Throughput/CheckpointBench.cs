using System.Diagnostics;
using System.Globalization;
using Weir.Bench.Baselines;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Subtasks;

namespace Weir.Bench;

/// <summary>
/// What a checkpoint costs the subtask of a million keys: the pause at the barrier, the longest portion of a sweep, the bytes that are
/// written, and how long a restore takes.
/// </summary>
/// <remarks>
/// Pauses and portions are in time of this thread alone: what others do on the machine is no pause of ours. What a collection of garbage
/// does on this thread counts.
/// </remarks>
internal static class CheckpointBench
{
    private const int Keys = 1_000_000;
    private const int Rounds = 101;

    /// <summary>Runs all.</summary>
    public static void Run(TextWriter output)
    {
        // So that what is measured has been compiled.
        Measure("warm-up", 10_000, 10_000, new Sums(), TextWriter.Null);
        Measure("warm-up", 10_000, 10_000, new Lists(), TextWriter.Null);
        output.WriteLine(
            "| state | changed | pause at the barrier, median / p99 / longest | portion, p99 / longest | sweep | written | encode and write | "
                + "restore, and collections |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var changed in new[] { Keys, 10_000 })
        {
            Measure("1,000,000 sums", Keys, changed, new Sums(), output);
            Measure("1,000,000 lists", Keys, changed, new Lists(), output);
        }

        Measure("10,000 sums", 10_000, 10_000, new Sums(), output);
        Measure("10,000 lists", 10_000, 10_000, new Lists(), output);
    }

    private static void Measure<TValue>(string name, int keys, int changed, IValues<TValue> values, TextWriter output)
    {
        var functor = new Functor<TValue>(values.Create);
        var table = Open(values, functor);
        var state = new KeyedState("bench", 128, table);
        var names = table.Open(default);
        for (var key = 0L; key < keys; key++)
        {
            values.Add(ref names.Find(key, functor.Hash(key)).Value, key);
        }

        var rounds = changed == Keys ? 41 : Rounds;
        var (pauses, portions) = (new List<double>(), new List<double>());
        var (sweeps, bytes, writes) = (new List<double>(), new List<double>(), new List<double>());
        var pace = new SweepPace(TimeProvider.System, new JobOptions().SweepPortion);
        var files = new MemoryFiles();
        OperatorSnapshot? last = null;
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < changed; i++)
            {
                var key = changed == keys ? i : (long)(Gen.Mix((ulong)((round * changed) + i)) % (ulong)keys);
                values.Add(ref names.Find(key, functor.Hash(key)).Value, round);
            }

            var writer = new OperatorStateWriter("bench");
            var begin = StepMeter.CpuMilliseconds();
            state.Snapshot(writer);
            pauses.Add(StepMeter.CpuMilliseconds() - begin);
            var sweepBegin = StepMeter.CpuMilliseconds();
            for (var isOver = false; !isOver;)
            {
                begin = StepMeter.CpuMilliseconds();
                isOver = pace.Run(writer.Sweep);
                portions.Add(StepMeter.CpuMilliseconds() - begin);
            }

            sweeps.Add(StepMeter.CpuMilliseconds() - sweepBegin);
            files.Written = 0;
            begin = StepMeter.CpuMilliseconds();
            last = writer.FinishAsync(files, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            writes.Add(StepMeter.CpuMilliseconds() - begin);
            writer.Settle(isWritten: true);
            files.Keep(last);

            // The first one writes everything, whatever has changed.
            if (round > 0)
            {
                bytes.Add(files.Written);
            }
        }

        var (restoreBegin, collected) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        var restored = Open(values, functor);
        new KeyedState("bench", 128, restored).Restore(files.Read(last!), []);
        var restore = Stopwatch.GetElapsedTime(restoreBegin).TotalMilliseconds;
        collected = GC.GetTotalPauseDuration() - collected;
        if (restored.Open(default).Count != keys)
        {
            throw new InvalidOperationException($"{restored.Open(default).Count} keys were restored");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {changed:N0} | {At(pauses, 0.5):F3} / {At(pauses, 0.99):F3} / {pauses.Max():F3} ms | "
                + $"{At(portions, 0.99):F3} / {portions.Max():F3} ms | {At(sweeps, 0.5):F1} ms | "
                + $"{bytes.Average() / 1024:N0} KB on average | {At(writes, 0.5):F1} ms | "
                + $"{restore:F0} / {collected.TotalMilliseconds:F0} ms |"));
    }

    private static double At(List<double> all, double share) => all.Order().ElementAt((int)(share * (all.Count - 1)));

    private static StateTable<long, NoNamespace, TValue> Open<TValue>(IValues<TValue> values, Functor<TValue> functor) =>
        StateBackend.File.Open(
            new EntryCodecs<long, NoNamespace, TValue>(Codecs.Of<long>(), NoNamespace.Codec, values.Codec), functor, KeySeed.Fixed);

    private interface IValues<TValue>
    {
        Codec<TValue> Codec { get; }

        TValue Create();

        void Add(ref TValue value, long number);
    }

    private readonly struct Functor<TValue>(Func<TValue> create) : ITableFunctor<long, TValue>
    {
        public ulong Hash(in long key) => KeyHash.Of(key, KeySeed.Fixed);

        public bool AreEqual(in long left, in long right) => left == right;

        public TValue Create() => create();
    }

    private sealed class Sums : IValues<(int Count, double Sum)>
    {
        public Codec<(int Count, double Sum)> Codec { get; } = Codecs.Of<(int Count, double Sum)>();

        public (int Count, double Sum) Create() => default;

        public void Add(ref (int Count, double Sum) value, long number) => value = (value.Count + 1, value.Sum + number);
    }

    private sealed class Lists : IValues<List<long>>
    {
        public Codec<List<long>> Codec { get; } = Codecs.Of<List<long>>();

        public List<long> Create() => [];

        public void Add(ref List<long> value, long number)
        {
            if (value.Count == 3)
            {
                value.RemoveAt(0);
            }

            value.Add(number);
        }
    }

    /// <summary>Files in memory that is used again: what it costs to make room for them is no cost of a checkpoint.</summary>
    private sealed class MemoryFiles : ISnapshotFiles
    {
        private readonly Dictionary<string, MemoryStream> _files = [];
        private readonly Stack<MemoryStream> _spare = new();

        public long Written { get; set; }

        public ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public async ValueTask<StateHandle> ShareAsync(
            string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
        {
            var stream = _spare.TryPop(out var spare) ? spare : new MemoryStream();
            await write(stream, cancellation).ConfigureAwait(false);
            _files[name] = stream;
            Written += stream.Length;
            return new StateHandle.InSharedFile(new SharedFile(1, name), stream.Length, 0);
        }

        /// <summary>Forgets what a snapshot does not refer to.</summary>
        public void Keep(OperatorSnapshot snapshot)
        {
            var kept = snapshot.SharedFiles.Select(static file => file.Name).ToHashSet();
            foreach (var (name, stream) in _files.Where(file => !kept.Contains(file.Key)).ToList())
            {
                _files.Remove(name);
                stream.SetLength(0);
                _spare.Push(stream);
            }
        }

        public OperatorState Read(OperatorSnapshot snapshot) => snapshot.ToState(
            [.. snapshot.Handles.Select(handle => new StoredState(handle, () => Open((StateHandle.InSharedFile)handle)))]);

        private MemoryStream Open(StateHandle.InSharedFile handle)
        {
            var stream = _files[handle.File.Name];
            return new MemoryStream(stream.GetBuffer(), 0, (int)stream.Length, writable: false);
        }
    }
}
