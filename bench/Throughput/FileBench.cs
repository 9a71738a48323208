using System.Globalization;
using System.Text;

namespace Weir.Bench;

/// <summary>CSV → daily windows → JSON lines over a large file, beside a hand-written reader of the same file.</summary>
internal static class FileBench
{
    public static void Run(TextWriter output, long rows)
    {
        var directory = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            var input = Path.Combine(directory, "flights.csv");
            WriteFlights(input, rows);
            output.WriteLine($"{rows:N0} rows, {new FileInfo(input).Length / 1e9:F2} GB");
            output.WriteLine();
            Comparison.PrintHead(output);
            var run = 0;
            new Comparison("CSV → daily windows → JSON lines", rows, warmUps: 1)
                .With("hand-written reader", () => HandWrittenFlights.Run(input, Path.Combine(directory, $"hand-{run++}.jsonl")))
                .With("Weir, generated", () => Weir(input, directory, run++, interpreted: false, checkpointed: false))
                .With("Weir, generated, checkpoint every second", () =>
                    Weir(input, directory, run++, interpreted: false, checkpointed: true))
                .Print(output);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Weir(string input, string directory, int run, bool interpreted, bool checkpointed)
    {
        var target = Path.Combine(directory, $"weir-{run}");
        var job = new Job("flights");
        FlightPipeline.Define(job, input, target);
        job.RunAsync(new JobOptions
        {
            Interpreted = interpreted,
            CheckpointDirectory = checkpointed ? target + "-chk" : null,
            CheckpointInterval = checkpointed ? TimeSpan.FromSeconds(1) : null,
        }).GetAwaiter().GetResult();
        return Digest(Directory.EnumerateFiles(target, "*.jsonl").SelectMany(File.ReadLines));
    }

    /// <summary>The number of result rows and a digest of them that does not depend on their order.</summary>
    public static string Digest(IEnumerable<string> lines)
    {
        var (count, digest) = (0, 0u);
        foreach (var line in lines)
        {
            count++;
            digest += StableHash.Of(line);
        }

        return $"{count} {digest:x8}";
    }

    private static void WriteFlights(string path, long rows)
    {
        var random = new Random(42);
        var airports = Enumerable.Range(0, 300)
            .Select(i => $"{(char)('A' + (i / 26 % 26))}{(char)('A' + (i % 26))}{(char)('A' + (i * 7 % 26))}").ToArray();
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.NewLine = "\n";
        writer.WriteLine("departure,delay_minutes,distance_miles,origin,destination");
        var start = new DateTime(2001, 1, 1);
        for (var row = 0L; row < rows; row++)
        {
            // In order, a minute's resolution, a thousand days in all.
            var departure = start.AddMinutes(row * 1_440_000 / rows);
            writer.Write(departure.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            writer.Write(',');
            writer.Write(random.Next(-30, 180));
            writer.Write(',');
            writer.Write(random.Next(30, 2500));
            writer.Write(',');
            writer.Write(airports[random.Next(airports.Length)]);
            writer.Write(',');
            writer.WriteLine(airports[random.Next(airports.Length)]);
        }
    }
}
