using Weir.Runtime.Files.Disk;
using Weir.Simulation.Tests.Databases;
using Weir.Simulation.Tests.Ledgers;
using Weir.Simulation.Tests.Scenarios;
using Weir.Simulation.Tests.Slots;

namespace Weir.Simulation.Tests.Stages;

/// <summary>Where the records of three stages come from, and where rows go, made for each process on the files that it sees.</summary>
/// <param name="SourceOf">The source.</param>
/// <param name="SinkOf">The sink.</param>
/// <param name="Output">The directory in which rows are seen.</param>
internal sealed record StageEnds(Func<IFileSystem, ISource<Flight>> SourceOf, Func<IFileSystem, ISink<DailyDelay>> SinkOf, string Output)
{
    /// <summary>Gets a value indicating whether a sink's own transaction decides.</summary>
    public bool HasLedger { get; private init; }

    /// <summary>Gets a value indicating whether records come from a log.</summary>
    public bool HasSlots { get; private init; }

    /// <summary>Files at both ends.</summary>
    public static StageEnds Files(bool isDurable = true) => new(ReadFiles, files => WriteFiles(files, isDurable), StageScenarios.Output);

    /// <summary>Any ends: files, logs with slots, databases, a ledger that decides.</summary>
    public static StageEnds Any(Random random, IReadOnlyList<IReadOnlyList<Flight>> flights)
    {
        var ends = Files();
        ends = random.Next(4) switch
        {
            0 => ends with { Output = Ledger.Directory, SinkOf = files => new LedgerSink<DailyDelay>(Ledger.Of(files)), HasLedger = true },
            1 => ToDatabase(ends, random),
            _ => ends,
        };
        return random.Next(3) == 0 ? ends.FromSlots(flights, random.Next(), random.Next(1, 4)) : ends;
    }

    /// <summary>The same with records from a log.</summary>
    public StageEnds FromSlots(
        IReadOnlyList<IReadOnlyList<Flight>> flights, int seed, int ahead, SlotBreakage breakage = SlotBreakage.None) => this with
        {
            HasSlots = true,
            SourceOf = files =>
            {
                var log = ModelLog.Of(files);
                var names = new List<string>();
                foreach (var changes in flights)
                {
                    names.Add($"slot_{names.Count}");
                    log.Add(names[^1], changes, seed + names.Count);
                }

                return new SlotSource(log, names, ahead, breakage);
            },
        };

    private static StageEnds ToDatabase(StageEnds ends, Random random)
    {
        var kind = random.Next(3) switch { 0 => ModelKind.Fates, 1 => ModelKind.Markers, _ => ModelKind.Kept };
        return ends with
        {
            Output = ModelDatabase.Directory,
            SinkOf = files => new ModelSink<DailyDelay>(ModelDatabase.Of(files), kind),
        };
    }

    private static Source<Flight, FileSplit> ReadFiles(IFileSystem files) => Csv.Read<Flight>("/in", new CsvOptions
    {
        FileSystem = files,
        MinSplitSizeBytes = 1 << 20,
        BufferBytes = 1024,
        MaxLineBytes = 1024,
    });

    private static ISink<DailyDelay> WriteFiles(IFileSystem files, bool isDurable) =>
        Weir.Files.JsonLines<DailyDelay>(StageScenarios.Output, new FileSinkOptions { FileSystem = files, IsDurable = isDurable });
}
