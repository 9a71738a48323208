using System.Collections.Concurrent;
using Weir.Runtime.Files.Disk;
using Weir.Simulation.Tests.Ledgers;
using Weir.Simulation.Tests.RocksModel;
using Weir.Testing;

namespace Weir.Simulation.Tests.Scenarios;

/// <summary>
/// What each seed simulates: which pipeline, on which input, how parallel, how often checkpointed, and who else is there.
/// </summary>
internal static class FlightScenarios
{
    public const string Delays = "/out/delays";
    public const string Legs = "/out/legs";
    public const string Late = "/out/late";
    private const string RivalOutput = "/out/rival";
    private const int Inputs = 12;

    private static readonly FlightKind[] Kinds =
    [
        FlightKind.Delays, FlightKind.Rival, FlightKind.Delays, FlightKind.Branches,
        FlightKind.TimeBehindAnExchange, FlightKind.LateRows, FlightKind.Ledger, FlightKind.Branches,
    ];

    private static readonly ConcurrentDictionary<(FlightKind, int), IReadOnlyList<IReadOnlyList<string>>> Outputs = new();

    /// <summary>The scenario of a seed, with the output of a failure-free run as what must come out.</summary>
    public static SimulationScenario Of(int seed) => Of(seed, Kinds[seed % Kinds.Length]);

    /// <summary>The scenario of a seed with a pipeline of one kind.</summary>
    public static SimulationScenario Of(int seed, FlightKind kind)
    {
        var input = seed % Inputs;
        var options = OptionsOf(seed);
        var scenario = Make(kind, input, kind == FlightKind.LateRows ? options with { BatchCapacity = 1 } : options, SinkOf(seed));
        return scenario with
        {
            Rescales = seed % 5 == 0,
            Backend = BackendOf(seed),
            Expected = WithRows(scenario.Expected, kind, input),
            Rivals = kind == FlightKind.Rival ? [RivalOf(seed / Kinds.Length, input)] : [],
        };
    }

    /// <summary>The delays pipeline, written by another sink.</summary>
    public static SimulationScenario With(int seed, Func<ISink<DailyDelay>, ISink<DailyDelay>> sink, FileSinkOptions? options = null) =>
        Of(seed, FlightKind.Delays) with
        {
            Build = files => BuildDelays(
                "delays", files, sink(Files.JsonLines<DailyDelay>(Delays, (options ?? SinkOf(seed)) with { FileSystem = files }))),
        };

    /// <summary>What comes out of a failure-free run, for each output directory.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> WithoutFaults(FlightKind kind, int input)
    {
        var options = kind == FlightKind.LateRows ? new JobOptions { BatchCapacity = 1 } : new JobOptions();
        var scenario = Make(kind, input, options, new FileSinkOptions()) with { Faults = SimulationFaults.None, Rivals = [] };
        var result = Testing.Simulation.Run(scenario, input);
        Assert.True(result.Failure is null, result.ToString());
        return result.Outputs;
    }

    /// <summary>The flights of an input, by file.</summary>
    public static IReadOnlyList<IReadOnlyList<Flight>> FlightsOf(int input) =>
        [.. Enumerable.Range(0, 3).Select(file => FlightInput.Make((input * 10) + file, 100 + (40 * file) + (input * 5)))];

    private static SimulationScenario Make(FlightKind kind, int input, JobOptions options, FileSinkOptions sink)
    {
        // Where a lane must not go back in time, each side is one file, and a file one split.
        var isOneFileEach = kind is FlightKind.TimeBehindAnExchange or FlightKind.LateRows or FlightKind.Rules;
        var files = FlightsOf(input).Take(isOneFileEach ? 2 : 3);
        return new SimulationScenario(files => Build(kind, files, sink with { FileSystem = files }))
        {
            Inputs = [.. files.Select((flights, i) => ($"/in/{(i == 1 ? "west" : "east")}/flights-{i}.csv", FlightInput.ToCsv(flights)))],
            Options = options,
            Expected = [.. OutputsOf(kind).Select(output => new ExpectedOutput(output, null))],
            Arbiter = kind == FlightKind.Ledger ? (files, store) => new LedgerArbiter("delays", store, Ledger.Of(files)) : null,
            MaxLate = kind == FlightKind.LateRows ? null : 0,
        };
    }

    private static string[] OutputsOf(FlightKind kind) => kind switch
    {
        FlightKind.Branches or FlightKind.Choices => [Delays, Legs],
        FlightKind.LateRows => [Delays, Late],
        FlightKind.Ledger => [Ledger.Directory],
        _ => [Delays],
    };

    private static IReadOnlyList<ExpectedOutput> WithRows(IReadOnlyList<ExpectedOutput> expected, FlightKind kind, int input)
    {
        var like = kind is FlightKind.Rival or FlightKind.Ledger ? FlightKind.Delays : kind;
        var outputs = Outputs.GetOrAdd((like, input), key => WithoutFaults(key.Item1, key.Item2));
        return [.. expected.Zip(outputs, (output, rows) => output with { Rows = rows })];
    }

    private static Job Build(FlightKind kind, IFileSystem files, FileSinkOptions sink)
    {
        var delays = Files.JsonLines<DailyDelay>(Delays, sink);
        var job = new Job("delays");
        switch (kind)
        {
            case FlightKind.Branches:
                FlightPipelines.Branches(job, Read("/in/east", files), Read("/in/west", files), delays, Files.JsonLines<Leg>(Legs, sink));
                return job;
            case FlightKind.Choices:
                FlightPipelines.Choices(job, Read("/in/east", files), Read("/in/west", files), delays, Files.JsonLines<Leg>(Legs, sink));
                return job;
            case FlightKind.TimeBehindAnExchange:
                FlightPipelines.TimeBehindAnExchange(job, ReadWhole("/in/east", files), ReadWhole("/in/west", files), delays);
                return job;
            case FlightKind.Rules:
                FlightPipelines.Rules(job, ReadWhole("/in/east", files), ReadWhole("/in/west", files), delays);
                return job;
            case FlightKind.LateRows:
                FlightPipelines.LateRows(job, ReadWhole("/in/east", files), delays, Files.JsonLines<Flight>(Late, sink));
                return job;
            case FlightKind.Ledger:
                return BuildDelays("delays", files, new LedgerSink<DailyDelay>(Ledger.Of(files)));
            default:
                return BuildDelays("delays", files, delays);
        }
    }

    public static Job BuildDelays(string name, IFileSystem files, ISink<DailyDelay> sink)
    {
        var job = new Job(name);
        FlightPipelines.Delays(job, Read("/in/east", files), sink);
        return job;
    }

    // Another job on the same output, the same job with checkpoints elsewhere, or another job that only keeps its checkpoints beside these.
    private static SimulationRival RivalOf(int kind, int input) => (kind % 3) switch
    {
        0 => Rival("other", Delays) with { MustBeRefused = true },
        1 => Rival("delays", Delays) with { MustBeRefused = true, CheckpointDirectory = "/elsewhere" },
        _ => Rival("other", RivalOutput) with { Expected = WithRows([new ExpectedOutput(RivalOutput, null)], FlightKind.Delays, input) },
    };

    private static SimulationRival Rival(string job, string output) =>
        new(files => BuildDelays(job, files, Files.JsonLines<DailyDelay>(output, new FileSinkOptions { FileSystem = files })));

    private static Source<Flight, FileSplit> Read(string path, IFileSystem files) => Csv.Read<Flight>(path, Reading(files, 1024));

    private static Source<Flight, FileSplit> ReadWhole(string path, IFileSystem files) => Csv.Read<Flight>(path, Reading(files, 1 << 20));

    private static CsvOptions Reading(IFileSystem files, int splitBytes) => new()
    {
        FileSystem = files,
        MinSplitSizeBytes = splitBytes,
        BufferBytes = 1024,
        MaxLineBytes = 4096,
    };

    private static JobOptions OptionsOf(int seed)
    {
        var random = new Random(seed);

        // A short time-out lets checkpoints expire, as often as it happens: the job must bear that, not fail of it.
        var isImpatient = random.Next(4) == 0;
        return new JobOptions
        {
            Parallelism = random.Next(1, 4),
            Interpreted = random.Next(2) == 0,
            BatchCapacity = random.Next(2) == 0 ? 16 : random.Next(2, 24),
            ChannelCapacity = random.Next(1, 9),
            CheckpointInterval = random.Next(10) == 0 ? null : TimeSpan.FromMilliseconds(random.Next(1, 12)),
            CheckpointTimeout = isImpatient ? TimeSpan.FromMilliseconds(random.Next(1000, 3000)) : TimeSpan.FromMinutes(10),
            MinPause = TimeSpan.FromMilliseconds(random.Next(3)),
            MaxConcurrentCheckpoints = random.Next(1, 4),
            TolerableFailures = isImpatient ? int.MaxValue : random.Next(4),
            RetainedCheckpoints = random.Next(1, 4),
        };
    }

    // Seeds that once showed a bug keep their meaning: they were on the heap.
    private static Func<IFileSystem, StateBackend>? BackendOf(int seed)
    {
        var random = new Random(seed ^ 0xbac0);
        var (backend, cacheBytes) = (random.Next(3), random.Next(20_000));
        return (Seeds.IsKnown(seed) ? 0 : backend) switch
        {
            0 => null,
            1 => _ => StateBackend.Memory(),
            _ => files => new ModelBackend(files, cacheBytes),
        };
    }

    private static FileSinkOptions SinkOf(int seed) => new() { MaxPartBytes = seed % 3 == 0 ? 300 : 1 << 20 };
}
