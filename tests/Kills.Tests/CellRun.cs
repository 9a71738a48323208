using System.Globalization;
using Weir.Kills.Tests.Targets;
using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Kills.Tests;

/// <summary>The starts of the victim in one cell.</summary>
internal sealed class CellRun(Cell cell, string name, string directory, ITarget target, int splits, int readings)
{
    // What the victim retains.
    private const int Retained = 2;

    private readonly List<string> _expectedHits = [];
    private readonly List<long> _inFlight = [];
    private int _starts;
    private int _kills;

    /// <summary>Gets what the victim reads; empty for readings that it makes.</summary>
    public string Source { get; init; } = "";

    /// <summary>Gets what decides at which hits: a number for each cell and round.</summary>
    public Random Random { get; } = new(Seed(cell));

    private string HitsPath => Path.Combine(directory, "hits");

    private string[] Hits => File.Exists(HitsPath) ? File.ReadAllLines(HitsPath) : [];

    /// <summary>Starts it, and has it killed.</summary>
    public async Task KillAsync(Start start)
    {
        var isFromOutside = start.Fatal.Length == 0;
        var end = await RunAsync(
            start.Parallelism, start.SlowMs, start.IntervalMs, start.Fatal,
            isFromOutside ? TimeSpan.FromMilliseconds(start.Hit) : null);
        Assert.True(end.IsKilled || (isFromOutside && end.ExitCode == 0), $"{start} was never hit, {end}");
        _kills += end.IsKilled ? 1 : 0;
        if (!isFromOutside)
        {
            _expectedHits.Add(start.Point);
        }
    }

    /// <summary>Starts it, and lets it come to its end.</summary>
    public async Task FinishAsync()
    {
        var end = await RunAsync(parallelism: 2, slowMs: 0, intervalMs: 20, fatal: "", killAfter: null);
        Assert.True(end.ExitCode == 0, $"the last start failed with {end}");
    }

    /// <summary>Whether each kill was at its point, and aligned checkpoints had nothing in flight.</summary>
    public void CheckKills()
    {
        Assert.Equal(_expectedHits, Hits);
        Assert.True(_kills > 0, "nothing was killed");
        if (cell.Mode == "aligned")
        {
            Assert.All(_inFlight, bytes => Assert.Equal(0, bytes));
        }
    }

    /// <summary>Whether no more is left in the checkpoint directory than what is retained, and the files that it refers to.</summary>
    public void CheckRemains()
    {
        var root = Path.Combine(directory, "checkpoints", name);
        var checkpoints = Directory.EnumerateDirectories(root, "chk-*").ToList();
        Assert.InRange(checkpoints.Count, 1, Retained);
        var used = checkpoints
            .SelectMany(checkpoint => ManifestFormat.Read(File.ReadAllBytes(Path.Combine(checkpoint, "manifest"))).SharedFiles)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name}.a{file.Attempt}"))
            .ToHashSet(StringComparer.Ordinal);
        var shared = Path.Combine(root, "shared");
        var kept = Directory.Exists(shared) ? Directory.EnumerateFiles(shared).Select(Path.GetFileName) : [];
        Assert.Equal(used.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"cell {cell.Point} {cell.Backend} {cell.Mode} {cell.Sink} round {cell.Round}: {_starts} starts, {_kills} kills, ") + string.Create(
        CultureInfo.InvariantCulture,
        $"{_inFlight.Count} checkpoints, {_inFlight.Count(bytes => bytes > 0)} of them with records in flight");

    private static int Seed(Cell cell) => cell.ToString().Aggregate(17, static (hash, letter) => unchecked((hash * 31) + letter));

    private async Task<VictimProcess.VictimEnd> RunAsync(
        int parallelism, int slowMs, int intervalMs, string fatal, TimeSpan? killAfter)
    {
        _starts++;
        var orders = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["job"] = name,
            ["directory"] = directory,
            ["source"] = Source,
            ["backend"] = cell.Backend,
            ["mode"] = cell.Mode,
            ["sink"] = cell.Sink,
            ["connection"] = target.Connection,
            ["table"] = target.Table,
            ["parallelism"] = Text(parallelism),
            ["splits"] = Text(splits),
            ["readings"] = Text(readings),
            ["interval"] = Text(intervalMs),
            ["slow"] = Text(slowMs),
            ["fatal"] = fatal,
        };
        var end = await VictimProcess.RunAsync(orders.Select(order => $"{order.Key}={order.Value}"), killAfter);
        _inFlight.AddRange(end.InFlight);
        return end;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
