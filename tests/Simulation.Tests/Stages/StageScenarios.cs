using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Simulation.Tests.Brokers;
using Weir.Simulation.Tests.Ledgers;
using Weir.Simulation.Tests.RocksModel;
using Weir.Simulation.Tests.Scenarios;
using Weir.Simulation.Tests.Slots;
using Weir.Testing;

namespace Weir.Simulation.Tests.Stages;

/// <summary>
/// Small jobs of three stages, so that many thousand seeds take a minute: two subtasks a stage, a few dozen records, everything that may go
/// wrong, every backend, barriers of every kind, rescaled between attempts.
/// </summary>
internal static class StageScenarios
{
    public const string Output = "/out/rows";
    private const string JobName = "stages";
    private const int Inputs = 8;
    private const int Records = 24;

    private static readonly StageKind[] Kinds = Enum.GetValues<StageKind>();
    private static readonly ConcurrentDictionary<(StageKind, int), IReadOnlyList<string>> Rows = new();
    private static readonly ConcurrentDictionary<int, IReadOnlyList<IReadOnlyList<Flight>>> Flights = new();
    private static readonly ConcurrentDictionary<int, (string Path, string Text)[]> Texts = new();

    /// <summary>The scenario of a seed, with the output of a failure-free run as what must come out.</summary>
    public static SimulationScenario Of(int seed) => Between(seed, StageEnds.Any(new Random(seed ^ 0xe9d5), FlightsOf(InputOf(seed))));

    /// <summary>The scenario of a seed between files.</summary>
    public static SimulationScenario BetweenFiles(int seed) => Of(seed, KindOf(seed));

    /// <summary>The scenario of a seed that reads from slots of a log.</summary>
    public static SimulationScenario FromSlots(int seed, SlotBreakage breakage) =>
        Between(seed, StageEnds.Files().FromSlots(FlightsOf(InputOf(seed)), seed, 1 + (seed % 3), breakage));

    /// <summary>The scenario of a seed with a middle stage of one kind, between files.</summary>
    public static SimulationScenario Of(int seed, StageKind kind)
    {
        var random = new Random(seed ^ 0x1a5e5);
        var input = random.Next(Inputs);
        var rows = Rows.GetOrAdd((kind, input), key => WithoutFaults(key.Item1, key.Item2));
        var options = OptionsOf(random);
        var cacheBytes = random.Next(3) switch { 0 => 1, 1 => 2000, _ => 20_000 };
        var (backend, isAsked) = (random.Next(3), random.Next(4) == 0);
        return Make(kind, input, options) with
        {
            Backend = backend switch
            {
                0 => files => new ModelBackend(files, cacheBytes),
                1 => _ => StateBackend.Memory(),
                _ => null,
            },
            Requests = isAsked
                ? new SimulationRequests { MaxCheckpoints = 2, MaxSavepoints = 3, MaxStops = 1 }
                : new SimulationRequests(),
            Rescales = random.Next(3) == 0,
            Expected = [new ExpectedOutput(Output, rows)],
            Faults = new SimulationFaults { MaxDeaths = 3, MaxFailures = 3 },
        };
    }

    /// <summary>The scenario of a seed, with another sink.</summary>
    public static SimulationScenario With(int seed, Func<ISink<DailyDelay>, ISink<DailyDelay>> sink, bool isDurable = true)
    {
        var kind = Kinds[seed % Kinds.Length];
        var ends = StageEnds.Files(isDurable);
        return Of(seed, kind) with { Build = files => Build(kind, ends.SourceOf(files), sink(ends.SinkOf(files))) };
    }

    /// <summary>The scenario of a seed on the heap, with all state in files.</summary>
    public static SimulationScenario OnFiles(int seed)
    {
        var scenario = Of(seed, Kinds[seed % Kinds.Length]);
        return scenario with { Backend = null, Options = scenario.Options with { InlineBytes = 0 } };
    }

    /// <summary>The scenario of a seed whose barriers overtake at once.</summary>
    public static SimulationScenario Unaligned(int seed)
    {
        var scenario = Of(seed, Kinds[seed % Kinds.Length]);
        return scenario with
        {
            Options = scenario.Options with
            {
                CheckpointMode = CheckpointMode.Unaligned,
                AlignedCheckpointTimeout = TimeSpan.Zero,
                MaxConcurrentCheckpoints = 1,
            },
        };
    }

    /// <summary>The scenario of a seed on the model of RocksDB, with next to no cache.</summary>
    public static SimulationScenario OnRocks(int seed) =>
        Of(seed, Kinds[seed % Kinds.Length]) with
        {
            Backend = files => new ModelBackend(files, 1),
            Requests = new SimulationRequests(),
        };

    /// <summary>The scenario of a seed that writes to a broker, whose transactions decide.</summary>
    public static SimulationScenario ToBroker(int seed, BrokerMistake mistake = BrokerMistake.None)
    {
        var kind = KindOf(seed);
        var scenario = Of(seed, kind);
        var newest = new StrongBox<long>();
        return scenario with
        {
            Build = files => Build(kind, StageEnds.Files().SourceOf(files), new BrokerSink<DailyDelay>()),
            Expected = [scenario.Expected[0] with { Directory = ModelBroker.Directory }],
            Arbiter = (files, store) => BrokerArbiter.Of(JobName, files, store, seed, mistake),
            Store = mistake == BrokerMistake.PlainNumbers ? store => new PlainStore(store, newest) : null,
            Faults = scenario.Faults with { HasConsumer = false },
        };
    }

    /// <summary>What comes out of a failure-free run.</summary>
    public static IReadOnlyList<string> WithoutFaults(StageKind kind, int input)
    {
        var result = Testing.Simulation.Run(Make(kind, input, new JobOptions()) with { Faults = SimulationFaults.None }, input);
        Assert.True(result.Failure is null, result.ToString());
        return result.Outputs[0];
    }

    private static SimulationScenario Between(int seed, StageEnds ends)
    {
        var kind = KindOf(seed);
        var scenario = Of(seed, kind);
        return scenario with
        {
            Build = files => Build(kind, ends.SourceOf(files), ends.SinkOf(files)),
            Expected = [scenario.Expected[0] with { Directory = ends.Output }],
            Arbiter = ends.HasLedger ? (files, store) => new LedgerArbiter(JobName, store, Ledger.Of(files)) : null,

            // Rows of a database are no files to take away; and a log that is asked once more has no time-out here.
            Faults = scenario.Faults with { HasConsumer = ends.Output == Output, HangsForever = !ends.HasSlots },
        };
    }

    private static StageKind KindOf(int seed) => Kinds[new Random(seed ^ 0x57a6e).Next(Kinds.Length)];

    private static int InputOf(int seed) => new Random(seed ^ 0x1a5e5).Next(Inputs);

    private static IReadOnlyList<IReadOnlyList<Flight>> FlightsOf(int input) => Flights.GetOrAdd(input, static made =>
        [.. Enumerable.Range(0, 2).Select(file => FlightInput.Make(900 + (2 * made) + file, Records / 2))]);

    private static SimulationScenario Make(StageKind kind, int input, JobOptions options)
    {
        var ends = StageEnds.Files();
        return new(files => Build(kind, ends.SourceOf(files), ends.SinkOf(files)))
        {
            Inputs = Texts.GetOrAdd(input, static made =>
                [.. FlightsOf(made).Select((flights, file) => ($"/in/flights-{file}.csv", FlightInput.ToCsv(flights)))]),
            Options = options,
            Expected = [new ExpectedOutput(Output, null)],
            MaxLate = 0,
        };
    }

    private static Job Build(StageKind kind, ISource<Flight> source, ISink<DailyDelay> sink)
    {
        var job = new Job(JobName);
        switch (kind)
        {
            case StageKind.Windows:
                StagePipelines.Windows(job, source, sink);
                break;
            default:
                StagePipelines.Process(job, source, sink);
                break;
        }

        return job;
    }

    private static JobOptions OptionsOf(Random random)
    {
        var overtakes = random.Next(2) == 0;
        return new JobOptions
        {
            Parallelism = 2,
            KeyGroupCount = 8,
            BatchCapacity = random.Next(1, 6),
            ChannelCapacity = random.Next(1, 5),
            CheckpointInterval = TimeSpan.FromMilliseconds(random.Next(1, 8)),
            CheckpointMode = overtakes ? CheckpointMode.Unaligned : CheckpointMode.ExactlyOnce,
            AlignedCheckpointTimeout = overtakes && random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 5)) : TimeSpan.Zero,
            MaxConcurrentCheckpoints = overtakes ? 1 : random.Next(1, 3),
            TolerableFailures = random.Next(4),
            RetainedCheckpoints = random.Next(1, 3),
            InlineBytes = random.Next(3) == 0 ? 4096 : random.Next(64),
        };
    }
}
