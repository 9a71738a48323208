using System.Collections.Concurrent;
using Weir.Runtime.Files.Disk;
using Weir.Testing;

namespace Weir.Simulation.Tests.Scenarios;

/// <summary>What each seed simulates: which pipeline, on which input, how parallel, how often checkpointed.</summary>
internal static class FlightScenarios
{
    public const string Delays = "/out/delays";
    public const string Legs = "/out/legs";
    private const int Inputs = 12;

    private static readonly ConcurrentDictionary<(bool, int), IReadOnlyList<IReadOnlyList<string>>> Outputs = new();

    /// <summary>The scenario of a seed, with the output of a failure-free run as what must come out.</summary>
    public static SimulationScenario Of(int seed)
    {
        var isBranching = seed % 4 == 3;
        var input = seed % Inputs;
        var outputs = Outputs.GetOrAdd((isBranching, input), key => WithoutFaults(key.Item1, key.Item2));
        var scenario = Make(isBranching, input, OptionsOf(seed), SinkOf(seed));
        return scenario with { Rescales = seed % 5 == 0, Expected = [.. scenario.Expected.Zip(outputs, (expected, rows) => expected with { Rows = rows })] };
    }

    /// <summary>The delays pipeline, written by another sink.</summary>
    public static SimulationScenario With(int seed, Func<ISink<DailyDelay>, ISink<DailyDelay>> sink, FileSinkOptions? options = null) =>
        Of(seed - (seed % 4)) with
        {
            Build = files => BuildDelays(files, sink(Files.JsonLines<DailyDelay>(Delays, (options ?? SinkOf(seed)) with { FileSystem = files }))),
        };

    /// <summary>What comes out of a failure-free run, for each output directory.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> WithoutFaults(bool isBranching, int input)
    {
        var scenario = Make(isBranching, input, new JobOptions(), new FileSinkOptions()) with { Faults = SimulationFaults.None };
        var result = Testing.Simulation.Run(scenario, input);
        Assert.True(result.Failure is null, result.ToString());
        return result.Outputs;
    }

    /// <summary>The flights of an input, by file.</summary>
    public static IReadOnlyList<IReadOnlyList<Flight>> FlightsOf(int input) =>
        [.. Enumerable.Range(0, 3).Select(file => FlightInput.Make((input * 10) + file, 100 + (40 * file) + (input * 5)))];

    private static SimulationScenario Make(bool isBranching, int input, JobOptions options, FileSinkOptions sink)
    {
        var files = FlightsOf(input);
        return new SimulationScenario(files => isBranching
            ? BuildBranches(files, sink with { FileSystem = files })
            : BuildDelays(files, Files.JsonLines<DailyDelay>(Delays, sink with { FileSystem = files })))
        {
            Inputs = [.. files.Select((flights, i) => ($"/in/{(i == 1 ? "west" : "east")}/flights-{i}.csv", FlightInput.ToCsv(flights)))],
            Options = options,
            Expected = isBranching ? [new ExpectedOutput(Delays, null), new ExpectedOutput(Legs, null)] : [new ExpectedOutput(Delays, null)],
        };
    }

    private static Job BuildDelays(IFileSystem files, ISink<DailyDelay> sink)
    {
        var job = new Job("delays");
        FlightPipelines.Delays(job, Read("/in/east", files), sink);
        return job;
    }

    private static Job BuildBranches(IFileSystem files, FileSinkOptions sink)
    {
        var job = new Job("branches");
        FlightPipelines.Branches(
            job, Read("/in/east", files), Read("/in/west", files), Files.JsonLines<DailyDelay>(Delays, sink), Files.JsonLines<Leg>(Legs, sink));
        return job;
    }

    private static Source<Flight, FileSplit> Read(string path, IFileSystem files) => Csv.Read<Flight>(path, new CsvOptions
    {
        FileSystem = files,
        MinSplitSizeBytes = 1024,
        BufferBytes = 1024,
        MaxLineBytes = 4096,
    });

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

    private static FileSinkOptions SinkOf(int seed) => new() { MaxPartBytes = seed % 3 == 0 ? 300 : 1 << 20 };
}
