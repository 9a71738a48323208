namespace Weir.FlightDelays.Tests;

/// <summary>A directory with an input, an output and checkpoints; gone after the test.</summary>
internal sealed class Workplace : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly string[] Airports = ["ATL", "JFK", "SEA"];

    public Workplace()
    {
        Root = Directory.CreateTempSubdirectory("flight-delays-").FullName;
    }

    public string Root { get; }

    public string Output => At("out");

    public string Checkpoints => Path.Combine(At("chk"), "flight-delays");

    public string At(string name) => Path.Combine(Root, name);

    /// <summary>The options that name the directories, and others.</summary>
    public string[] Options(params string[] others) =>
    [
        .. others.Contains("--output") ? [] : (string[])["--output", "out"],
        .. others.Contains("--checkpoints") ? [] : (string[])["--checkpoints", "chk"],
        .. others.Contains("--rate") ? [] : (string[])["--rate", "0"],
        .. others,
    ];

    public (int ExitCode, string Output) Run(params string[] others) => FlightDelaysProcess.Run(Root, Options(others));

    /// <summary>Writes flights: one every quarter of an hour, from three airports.</summary>
    public string WriteInput(string name, int flights, string? malformed = null)
    {
        using var file = File.CreateText(At(name));
        file.Write("departure,delay_minutes,distance_miles,origin,destination\n");
        var departure = new DateTime(2001, 1, 1);
        for (var i = 0; i < flights; i++)
        {
            file.Write($"{departure.AddHours(i / 4.0):s},{i % 60},{100 + i},{Airports[i % Airports.Length]},ORD\n");
            if (malformed is not null && i == flights / 2)
            {
                file.Write(malformed + "\n");
            }
        }

        return name;
    }

    /// <summary>What a reader of the output sees, in an order that does not depend on the run.</summary>
    public string[] Rows() =>
        [.. Directory.EnumerateFiles(Output, "part-*.jsonl").SelectMany(File.ReadLines).Order(StringComparer.Ordinal)];

    /// <summary>The numbers of the checkpoints that exist, oldest first.</summary>
    public long[] CheckpointNumbers() => !Directory.Exists(Checkpoints) ? [] : [.. Directory.EnumerateDirectories(Checkpoints, "chk-*")
        .Where(directory => File.Exists(Path.Combine(directory, "manifest")))
        .Select(directory => long.Parse(Path.GetFileName(directory).Split('-', '.')[1], System.Globalization.CultureInfo.InvariantCulture))
        .Order()];

    public string Manifest(long checkpoint) =>
        Path.Combine(Directory.EnumerateDirectories(Checkpoints, $"chk-{checkpoint}.a*").Single(), "manifest");

    /// <summary>Runs the job slowly and kills it when it has finished rows and several checkpoints.</summary>
    public void RunHalf(params string[] others)
    {
        using var process = FlightDelaysProcess.Start(Root, [], Options(["--rate", "4000", "--interval", "50", .. others]));
        var isHalf = SpinWait.SpinUntil(
            () => Directory.Exists(Output) && Directory.EnumerateFiles(Output, "part-*.jsonl").Skip(2).Any()
                && CheckpointNumbers() is [_, _, ..] numbers && numbers[^1] > 4,
            Longest);
        process.Kill();
        Assert.True(isHalf, process.Output);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
