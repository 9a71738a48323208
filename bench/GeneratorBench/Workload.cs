using System.Text;

namespace Weir.Bench.Generators;

/// <summary>
/// The text of a solution: files of ten pipelines each, a file of records that they share, and files that have nothing to do with Weir.
/// </summary>
internal static class Workload
{
    /// <summary>Pipelines in one file.</summary>
    public const int PipelinesInFile = 10;

    /// <summary>The files by name; as many unrelated ones as there are files of pipelines.</summary>
    public static IEnumerable<(string Path, string Text)> Files(int pipelines)
    {
        yield return ("Usings.cs", Usings);
        yield return ("Records.cs", Records);
        for (var file = 0; file < pipelines / PipelinesInFile; file++)
        {
            yield return ($"Pipelines{file:00}.cs", Pipelines(file));
            yield return ($"Service{file:00}.cs", Unrelated(file));
        }
    }

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string Records = """
        using Weir;

        namespace Shop;

        public enum Channel { Web, Shop, Phone }

        public sealed record Address(string Street, string City, string Country);

        public sealed record Order(long Id, string Customer, DateTime Placed, Channel Channel, decimal Amount, int Items, string Country);

        public sealed record Reading(string Sensor, [property: Epoch(EpochUnit.Milliseconds)] DateTime Time, double Value, int Level);
        """;

    private static string Pipelines(int file)
    {
        var text = new StringBuilder("using Weir;\n\nnamespace Shop.Reports;\n");
        for (var i = 0; i < PipelinesInFile; i++)
        {
            var number = FormattableString.Invariant($"{file:00}{i}");
            text.Append(i % 2 == 0 ? Orders(number, i) : Readings(number, i));
        }

        return text.ToString();
    }

    private static string Orders(string number, int seed) => FormattableString.Invariant($$"""

        public sealed record Sales{{number}}(string Country, DateTime From, int Orders, decimal Amount, double MeanItems, decimal Largest);

        public static class SalesOf{{number}}
        {
            private const decimal Least = {{seed + 1}};

            [Pipeline]
            public static void Define(Job job, string input, string output) => job
                .From(Csv.Read<Order>(input))
                .WithEventTime(order => order.Placed, maxDisorder: TimeSpan.FromMinutes(5))
                .Where(order => order.Amount > {{seed}} && order.Channel != Channel.Phone)
                .Select(order => order with { Country = order.Country.Trim().ToUpperInvariant(), Items = Math.Max(order.Items, 1) })
                .Where(order => order.Country.Length == 2) // two letters
                .KeyBy(order => order.Country)
                .Window(Tumbling.Of(TimeSpan.FromHours({{seed + 1}})))
                .Aggregate(g => new Sales{{number}}(
                    g.Key, g.Window.Start, g.Count(), g.Sum(order => order.Amount), g.Average(order => order.Items), g.Max(order => order.Amount)))
                .To(Files.JsonLines<Sales{{number}}>(output));

            public static string Describe(int count)
            {
                var text = $"{count} of {Least}";
                return text.Length > {{seed}} ? text : "none";
            }
        }

        """);

    private static string Readings(string number, int seed) => FormattableString.Invariant($$"""

        public sealed record Level{{number}}(string Sensor, DateTime From, long Readings, double Mean, double Highest, Address? Place);

        public static class LevelsOf{{number}}
        {
            [Pipeline]
            public static void Define(Job job, string input, string output)
            {
                var readings = job
                    .From(JsonLines.Read<Reading>(input))
                    .WithEventTime(reading => reading.Time, maxDisorder: TimeSpan.FromSeconds(30))
                    .Where(reading => !double.IsNaN(reading.Value) && reading.Level > {{seed}});
                readings
                    .Select(reading =>
                    {
                        var scaled = reading.Value * {{seed + 2}};
                        return reading with { Value = scaled > 1000 ? 1000 : scaled };
                    })
                    .KeyBy(reading => reading.Sensor)
                    .Window(Tumbling.Of(TimeSpan.FromMinutes(10)))
                    .Aggregate(g => new Level{{number}}(
                        g.Key, g.Window.Start, g.LongCount(), g.Average(r => r.Value), g.Where(r => r.Level > 3).Max(r => r.Value), null))
                    .To(Files.Csv<Level{{number}}>(output + ".csv"));
                readings
                    .Select(reading => new Reading(reading.Sensor, reading.Time, reading.Value / {{seed + 1}}, reading.Level))
                    .To(Files.JsonLines<Reading>(output));
            }
        }

        """).Replace(
            $"Files.Csv<Level{number}>(output + \".csv\")", $"Files.JsonLines<Level{number}>(output + \".levels\")", StringComparison.Ordinal);

    private static string Unrelated(int file)
    {
        var text = new StringBuilder("using System.Globalization;\nusing System.Text;\n\nnamespace Shop.Services;\n");
        text.Append(FormattableString.Invariant($$"""

            /// <summary>Reads and writes invoices of branch {{file}}.</summary>
            public sealed class InvoiceService{{file:00}}
            {
                private readonly Dictionary<string, List<decimal>> _amounts = new(StringComparer.Ordinal);

                public int Count => _amounts.Count;

            """));
        for (var i = 0; i < 20; i++)
        {
            text.Append(FormattableString.Invariant($$"""

                    // Adds up what was billed for rule {{i}}.
                    public decimal Total{{i}}(string customer, IEnumerable<decimal> extra)
                    {
                        var total = 0m;
                        foreach (var amount in extra.Where(amount => amount > {{i}}))
                        {
                            total += Math.Round(amount * 1.{{i}}m, 2, MidpointRounding.ToEven);
                        }

                        if (_amounts.TryGetValue(customer, out var known) && known.Count > {{i}})
                        {
                            total += known.Sum();
                        }

                        var text = new StringBuilder();
                        text.Append(customer).Append(':').Append(total.ToString("N2", CultureInfo.InvariantCulture));
                        return text.Length > 100 ? -1 : total;
                    }

                """));
        }

        return text.Append("}\n").ToString();
    }
}
