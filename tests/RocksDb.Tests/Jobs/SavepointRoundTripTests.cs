using Weir.RocksDbState.Tests.Doubles;
using Weir.Runtime.Savepoints;
using Weir.Runtime.State;

namespace Weir.RocksDbState.Tests.Jobs;

/// <summary>
/// A job that is stopped with savepoints at random moments, and goes on each time on another backend, compiled or interpreted, at another
/// parallelism. What a tool reads of a savepoint, and writes as another one, is the same.
/// </summary>
public sealed class SavepointRoundTripTests(ITestOutputHelper output)
{
    private const long Count = 3000;
    private static readonly Lazy<IReadOnlyList<string>> Undisturbed = new(() =>
    {
        var sink = new ListedSink();
        JobOf(sink).RunAsync().GetAwaiter().GetResult();
        return sink.Rows;
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The last seed is another one each time.
    public static TheoryData<int> Seeds => [2, 2512121, Environment.TickCount & 0xFFFFFF];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_job_goes_on_from_savepoint_to_savepoint_as_if_nobody_had_stopped_it(int seed)
    {
        output.WriteLine($"seed {seed}");
        using var directory = new TemporaryDirectory();
        var random = new Random(seed);
        var sink = new ListedSink();
        string? savepoint = null;
        var read = 0L;
        for (var segment = 0; ; segment++)
        {
            var (backend, kind) = BackendOf(random.Next(3), Path.Combine(directory.Path, $"working{segment}"));
            var options = new JobOptions
            {
                StateBackend = backend,
                Interpreted = random.Next(2) == 0,
                Parallelism = random.Next(1, 4),
                MaxRecordsPerSecond = 20_000,
                RestoreFrom = savepoint,
            };
            output.WriteLine(
                $"segment {segment}: {kind}, interpreted {options.Interpreted}, parallelism {options.Parallelism}, from {read}");
            var running = JobOf(sink).Start(options, Cancellation);
            var result = await StopAsync(running, random.Next(1, 1250), Path.Combine(directory.Path, $"savepoint{segment}"));
            read += result.RecordsIn;
            if (!result.IsStopped)
            {
                break;
            }

            savepoint = result.SavepointDirectory!;
            Check(savepoint, Path.Combine(directory.Path, $"copy{segment}"), read);
        }

        Assert.Equal(Count, read);
        Assert.Equal(Undisturbed.Value, sink.Rows);
    }

    private static async Task<JobResult> StopAsync(RunningJob running, long records, string directory)
    {
        while (running.Progress.RecordsIn < records && !running.Completion.IsCompleted)
        {
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }

        try
        {
            return await running.StopWithSavepointAsync(directory, Cancellation);
        }
        catch (CheckpointFailedException)
        {
            // All input had ended: if not, records are missing.
            return await running.Completion;
        }
    }

    private static Job JobOf(ListedSink sink)
    {
        var job = new Job("everything");
        Everything.Define(job, new Numbers(Count), sink);
        return job;
    }

    private static (StateBackend Backend, string Name) BackendOf(int kind, string working) => kind switch
    {
        0 => (StateBackend.File, "files"),
        1 => (StateBackend.Memory(64 << 20), "memory"),
        _ => (RocksDb.Backend(new RocksDbOptions { Directory = working, CacheBytes = RocksDbOptions.MinBytes }), "RocksDB"),
    };

    // What is read, typed and by schemas, is written as another savepoint, which is read again.
    private static void Check(string directory, string copy, long read)
    {
        using var savepoint = Savepoint.Open(directory);
        var all = savepoint.Operator("everything");
        foreach (var state in all.States)
        {
            // By its schema each state is found, and as many entries.
            var entries = state.Read().ToList();
            Assert.Equal(state.Kind == PartKind.Timers ? (state.Name == "event timers" ? read : 0) : Math.Min(read, 17), entries.Count);
            Assert.Equal(state.Name.StartsWith("_aged", StringComparison.Ordinal), state.HasTtl);
        }

        Assert.Equal(
            Enumerable.Range(0, (int)((read + 99) / 100)).Select(i => i * 100L),
            all.SubtaskState("_hundreds").ReadList<long>().Order());
        Assert.Equal(all.SubtaskState("_hundreds").ReadList<long>(), all.SubtaskState("_hundreds").Read().Cast<long>());
        Assert.Equal(Redistribution.Split, all.SubtaskState("_hundreds").Redistribution ?? Redistribution.Split);

        var writer = new SavepointWriter(savepoint.Job, savepoint.KeyGroupCount);
        Write(all, writer.Process<long>("everything"));
        writer.Write(copy);
        using var written = Savepoint.Open(copy);
        Assert.Equal(EntriesOf(all), EntriesOf(written.Operator("everything")));
    }

    private static void Write(SavepointOperator from, SavepointProcess<long> to)
    {
        foreach (var entry in from.State("event timers").Read<long, object>())
        {
            to.EventTimer(entry.Key, entry.Time!.Value, (string)entry.Namespace!);
        }

        foreach (var aged in (string[])["_", "_aged"])
        {
            string Name(string name) => aged == "_" ? $"_{char.ToLowerInvariant(name[0])}{name[1..]}" : aged + name;
            foreach (var entry in from.State(Name("Last")).Read<long, long>())
            {
                to.Value(Name("Last"), entry.Key, entry.Value, entry.Updated);
            }

            foreach (var entry in from.State(Name("Greatest")).Read<long, long>())
            {
                to.Reducing(Name("Greatest"), entry.Key, entry.Value, entry.Updated);
            }

            foreach (var entry in from.State(Name("Sum")).Read<long, long>())
            {
                to.Aggregating(Name("Sum"), entry.Key, entry.Value, entry.Updated);
            }

            foreach (var entry in from.State(Name("Recent")).ReadList<long, long>())
            {
                to.List(Name("Recent"), entry.Key, entry.Value.Select(item => item.Value), Newest(entry.Value));
            }

            foreach (var entry in from.State(Name("ByDigit")).ReadMap<long, long, long>())
            {
                to.Map(
                    Name("ByDigit"), entry.Key, entry.Value.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value)),
                    Newest(entry.Value.Select(pair => pair.Value)));
            }
        }
    }

    private static DateTimeOffset? Newest(IEnumerable<SavepointItem<long>> items) => items.Max(item => item.Updated);

    // Items have the time of the newest in a copy: it is written once for all of them.
    private static List<string> EntriesOf(SavepointOperator stateful)
    {
        var all = new List<string>();
        foreach (var timer in stateful.State("event timers").Read<long, object>())
        {
            all.Add($"timer {timer.Key} {timer.Time:O} {timer.Namespace}");
        }

        foreach (var state in stateful.States.Where(state => state.Kind == PartKind.Values))
        {
            if (state.Name.EndsWith("ecent", StringComparison.Ordinal))
            {
                all.AddRange(state.ReadList<long, long>().Select(entry =>
                    $"{state.Name} {entry.Key} {string.Join(' ', entry.Value.Select(item => item.Value))} {Newest(entry.Value):O}"));
            }
            else if (state.Name.EndsWith("yDigit", StringComparison.Ordinal))
            {
                all.AddRange(state.ReadMap<long, long, long>().Select(entry =>
                    $"{state.Name} {entry.Key} {string.Join(' ', entry.Value.Select(pair => $"{pair.Key}:{pair.Value.Value}"))} "
                        + $"{Newest(entry.Value.Select(pair => pair.Value)):O}"));
            }
            else
            {
                all.AddRange(state.Read<long, long>().Select(entry => $"{state.Name} {entry.Key} {entry.Value} {entry.Updated:O}"));
            }
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }
}
