using System.Collections.Concurrent;
using Weir.Runtime.Files.Disk;
using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests.Windows;

/// <summary>What each seed simulates of windows and processes: which kind, on which input, how it is run and rescaled.</summary>
internal static class WindowedScenarios
{
    private const string Rows = "/out/rows";
    private const string Late = "/out/late";
    private const int Inputs = 7;

    private static readonly WindowedKind[] Kinds = Enum.GetValues<WindowedKind>();
    private static readonly ConcurrentDictionary<(WindowedKind, int), IReadOnlyList<IReadOnlyList<string>>> Outputs = new();

    /// <summary>The scenario of a seed, with the output of a failure-free run as what must come out.</summary>
    public static SimulationScenario Of(int seed)
    {
        var (kind, input) = (Kinds[seed % Kinds.Length], seed / Kinds.Length % Inputs);
        var outputs = Outputs.GetOrAdd((kind, input), key => WithoutFaults(key.Item1, key.Item2));
        return Make(kind, input, OptionsOf(seed)) with
        {
            Rescales = seed % 3 == 0,
            Expected = [new ExpectedOutput(Rows, outputs[0]), new ExpectedOutput(Late, outputs[1])],
        };
    }

    /// <summary>What comes out of a failure-free run: rows, late flights.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> WithoutFaults(WindowedKind kind, int input)
    {
        var scenario = Make(kind, input, new JobOptions { BatchCapacity = 1 }) with { Faults = SimulationFaults.None };
        var result = Testing.Simulation.Run(scenario, input);
        Assert.True(result.Failure is null, result.ToString());
        return result.Outputs;
    }

    private static SimulationScenario Make(WindowedKind kind, int input, JobOptions options) => new(files => Build(kind, files))
    {
        Inputs = [("/in/flights.csv", FlightInput.ToCsv(FlightInput.Make(700 + input, 120 + (20 * input))))],
        Options = options,
        Expected = [new ExpectedOutput(Rows, null), new ExpectedOutput(Late, null)],
        MaxLate = null,
    };

    private static Job Build(WindowedKind kind, IFileSystem files)
    {
        var sink = new FileSinkOptions { FileSystem = files };
        var (rows, late) = (Files.JsonLines<WindowedRow>(Rows, sink), Files.JsonLines<Flight>(Late, sink));
        var input = Csv.Read<Flight>("/in", new CsvOptions
        {
            FileSystem = files,
            MinSplitSizeBytes = 1 << 20,
            BufferBytes = 1024,
            MaxLineBytes = 4096,
        });
        var job = new Job("windows");
        switch (kind)
        {
            case WindowedKind.Retracted:
                WindowedPipelines.Retracted(job, input, rows, late);
                break;
            case WindowedKind.Purged:
                WindowedPipelines.Purged(job, input, rows, late);
                break;
            case WindowedKind.Processed:
                WindowedPipelines.Processed(job, input, rows, late);
                break;
            default:
                WindowedPipelines.Windowed(job, input, rows, late, WindowsOf(kind));
                break;
        }

        return job;
    }

    private static WindowKind WindowsOf(WindowedKind kind) => kind switch
    {
        WindowedKind.Sliding => Sliding.Of(TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(30)),
        WindowedKind.Cumulative => Cumulative.Of(TimeSpan.FromHours(2), TimeSpan.FromMinutes(30)),
        WindowedKind.Calendar => CalendarWindow.Days(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")),
        WindowedKind.Sessions => SessionWindow.WithGap(TimeSpan.FromMinutes(10)),
        WindowedKind.Counted => CountWindow.Of(5, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Has a pipeline of its own."),
    };

    private static JobOptions OptionsOf(int seed)
    {
        var random = new Random(seed);
        return new JobOptions
        {
            Parallelism = random.Next(1, 4),
            Interpreted = random.Next(2) == 0,

            // The watermark goes on with each record: with more in a batch other records would be late.
            BatchCapacity = 1,
            ChannelCapacity = random.Next(1, 9),
            CheckpointInterval = TimeSpan.FromMilliseconds(random.Next(1, 12)),
            MaxConcurrentCheckpoints = random.Next(1, 4),
            TolerableFailures = random.Next(4),
            RetainedCheckpoints = random.Next(1, 4),
        };
    }
}
