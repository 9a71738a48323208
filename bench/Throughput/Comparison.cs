using System.Globalization;

namespace Weir.Bench;

/// <summary>Runs variants of one piece of work in turn, round after round, so that a noisy machine disturbs all of them alike.</summary>
/// <param name="work">What is done, for the table.</param>
/// <param name="records">The number of records of one run.</param>
/// <param name="warmUps">Rounds that do not count.</param>
internal sealed class Comparison(string work, long records, int warmUps = 2)
{
    private const int Rounds = 5;

    private readonly List<Variant> _variants = [];

    /// <summary>Adds a variant. The first is what the others are compared with.</summary>
    /// <param name="name">For the table.</param>
    /// <param name="run">Does the work once and says what came out, so that variants can be held against each other.</param>
    public Comparison With(string name, Func<string> run)
    {
        _variants.Add(new Variant(name, run, []));
        return this;
    }

    /// <summary>Runs everything and writes one row of the table for each variant.</summary>
    public void Print(TextWriter output)
    {
        for (var round = 0; round < warmUps + Rounds; round++)
        {
            var expected = "";
            foreach (var variant in _variants)
            {
                GC.Collect();
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var cpu = Environment.CpuUsage.TotalTime;
                var start = TimeProvider.System.GetTimestamp();
                var result = variant.Run();
                var elapsed = TimeProvider.System.GetElapsedTime(start);
                cpu = Environment.CpuUsage.TotalTime - cpu;
                allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
                expected = expected.Length == 0 ? result : expected;
                if (result != expected)
                {
                    throw new InvalidOperationException($"{work}: '{variant.Name}' came to {result}, '{_variants[0].Name}' to {expected}.");
                }

                if (round >= warmUps)
                {
                    variant.Runs.Add((elapsed.TotalNanoseconds / records, cpu.TotalNanoseconds / records, (double)allocated / records));
                }
            }
        }

        foreach (var variant in _variants)
        {
            var time = Median(variant.Runs.Select(run => run.Nanoseconds));
            var ratio = Median(variant.Runs.Zip(_variants[0].Runs, (own, first) => first.Nanoseconds / own.Nanoseconds));
            var cpu = Median(variant.Runs.Select(run => run.Cpu));
            var bytes = Median(variant.Runs.Select(run => run.Bytes));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {work} | {variant.Name} | {time:F2} | {cpu:F2} | {1000 / time:F1} | {ratio:F2} | {bytes:F3} |"));
        }
    }

    /// <summary>Writes the head of the table.</summary>
    public static void PrintHead(TextWriter output)
    {
        output.WriteLine("| work | variant | ns a record | CPU ns a record | M records/s | speed ÷ first | bytes a record |");
        output.WriteLine("|---|---|---:|---:|---:|---:|---:|");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Variant(string Name, Func<string> Run, List<(double Nanoseconds, double Cpu, double Bytes)> Runs);
}
