using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench.KafkaLog.Field;

/// <summary>
/// CPU a record of three works over JSON, exactly once with a transaction a second: Weir, a loop around Confluent's client that does the
/// same by hand, and Streamiz. Each run is a process of its own, and its threads that compile again do not count.
/// </summary>
internal static class FieldBench
{
    public const int Partitions = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    public static void Run(bool isShort, string[] asked)
    {
        var count = isShort ? 1_000_000L : 4_000_000;
        var few = isShort ? 100_000L : 400_000;
        var rounds = asked is [.., "rounds", var many] ? int.Parse(many, CultureInfo.InvariantCulture) : isShort ? 3 : Figures.Rounds;
        var hasStreamiz = !asked.Contains("alone");
        string[] works = asked.FirstOrDefault(name => name is "filter" or "window" or "count") is { } only ? [only] : ["filter", "window", "count"];
        var input = Filled(count);
        var small = hasStreamiz ? Filled(few) : "";
        foreach (var work in works)
        {
            var (ours, theirs) = (new List<FieldRun>(), new List<FieldRun>());
            for (var round = 0; round < rounds; round++)
            {
                theirs.Add(RunChild("client", work, input, count));
                ours.Add(RunChild("weir", work, input, count));
            }

            var ratio = Figures.Ratio(ours.Select(run => run.Cpu), theirs.Select(run => run.Cpu));
            Figures.Print(
                $"{work}: client's loop {Text(theirs)}; Weir {Text(ours)}; Weir ÷ loop, CPU a record: {ratio:F2} ",
                $"({string.Join(' ', ours.Zip(theirs, (own, other) => Figures.Text(own.Cpu / other.Cpu)))})");
            if (hasStreamiz && RunChild("streamiz", work, small, few) is { Rate: > 0 } streamiz)
            {
                var times = streamiz.Cpu / Figures.Median(ours.Select(run => run.Cpu));
                Figures.Print($"{work}: Streamiz {Text([streamiz])} over {few:N0} records; ÷ Weir, CPU a record: {times:F1}");
            }
        }

        Topics.Delete(input);
    }

    private static string Filled(long count)
    {
        var topic = Topics.Make("field", Partitions);
        Topics.Fill(topic, Partitions, count, Order.Write, 100, Order.UserOf);
        return topic;
    }

    private static string Text(List<FieldRun> runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Figures.Median(runs.Select(run => run.Cpu)) / 1e3:F2} µs CPU, {Figures.Median(runs.Select(run => run.Rate)) / 1e6:F3} M/s, ")
        + string.Create(CultureInfo.InvariantCulture, $"{Figures.Median(runs.Select(run => run.Garbage)):F0} B a record");

    private static FieldRun RunChild(string engine, string work, string input, long count)
    {
        var output = Topics.Make($"field-{engine}", Partitions);
        using var child = Children.Start("field", engine, work, input, output, count.ToString(CultureInfo.InvariantCulture));
        var reading = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
            Console.WriteLine($"  {engine}: {work} was not done within {Patience.TotalSeconds:F0} s, and has no figure");
            return default;
        }

        var text = reading.GetAwaiter().GetResult();
        Topics.Delete(output);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (child.ExitCode != 0 || lines.Length == 0)
        {
            throw new InvalidOperationException($"{engine} has ended with {child.ExitCode}: {text}");
        }

        foreach (var line in lines[..^1].Take(5))
        {
            Console.WriteLine($"  {engine}: {line}");
        }

        var told = lines[^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var run = new FieldRun(told[0] * 1e9 / count, count / told[2], told[3]);
        Console.WriteLine($"  {engine}: {Text([run])}");
        return run;
    }

    private readonly record struct FieldRun(double Cpu, double Rate, double Garbage);
}
