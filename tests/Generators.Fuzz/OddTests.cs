namespace Weir.Generators.Fuzz;

/// <summary>What a fuzzer seldom finds: lambdas and aggregates of every odd kind, run compiled, interpreted and by LINQ.</summary>
public sealed class OddTests
{
    // One a line; ⏎ is a line break of Windows.
    private static readonly string[] Lambdas = FuzzCompilation.Lines("OddLambdas.txt");
    private static readonly string[] Aggregates = FuzzCompilation.Lines("OddAggregates.txt");

    [Fact]
    public void Odd_lambdas_and_aggregates_mean_what_they_mean_in_the_users_file()
    {
        var programs = Lambdas.Select(static (lambda, i) => (Name: $"L{i}", Text: Of(lambda)))
            .Concat(Aggregates.Select(static (lambda, i) => (Name: $"A{i}", Text: OfGroup(lambda))))
            .ToDictionary(static one => one.Name, static one => one.Text.Replace("NAME", one.Name, StringComparison.Ordinal));
        var failed = FuzzCompilation.Check(programs, isStrict: true).Where(static one => one.Failure is { Length: > 0 }).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n\n", failed.Select(static one => $"{Written(one.Name)}\n{one.Failure}")));
    }

    [Fact]
    public void H38_Numbers_that_are_none_or_leave_their_range_are_those_of_LINQ_over_a_list()
    {
        var programs = Numbers.SelectMany(static member => Calls.Select(call => $"g => g.{call}(x => {member})"))
            .Append("g => (g.Min(x => (double)x.F), g.Sum(x => (long)x.A), g.Average(x => x.M))")
            .Select(static (lambda, i) => (Name: $"N{i}", Text: OfList(lambda)))
            .ToDictionary(static one => one.Name, static one => one.Text.Replace("NAME", one.Name, StringComparison.Ordinal));
        var failed = FuzzCompilation.Check(programs, isStrict: true).Where(static one => one.Failure is { Length: > 0 }).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n\n", failed.Select(one => $"{programs[one.Name]}\n{one.Failure}")));
    }

    private static string[] Numbers => ["x.D", "x.F", "x.P", "x.A", "x.Q", "x.L", "x.M"];

    private static string[] Calls => ["Min", "Max", "Sum", "Average"];

    private static string OfList(string lambda) => Program(
        $"""
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1)).KeyBy(r => 1)
                    .Window(Tumbling.Of(TimeSpan.FromSeconds(1))).Aggregate({lambda}).Select(x => Show.Of(x))
        """,
        $".In(all => new[] {"{ all }"}.Select({lambda}).Select(x => Show.Of(x)))",
        "Data.Special(data)");

    private static string Written(string name) =>
        (name[0] == 'L' ? Lambdas : Aggregates)[int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture)];

    private static string Of(string lambda)
    {
        var verbs = $".Select({lambda}).Select(x => Show.Of(x))";
        return Program(verbs, verbs);
    }

    private static string OfGroup(string lambda) => Program(
        $"""
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1)).KeyBy(r => r.A > 0)
                    .Window(Tumbling.Of(TimeSpan.FromSeconds(1))).Aggregate({lambda}).Select(x => Show.Of(x))
        """,
        $"""
        .In(all => Harness.Results(all, r => r.A > 0, r => r.Time,
                    (Func<WindowGroup<bool, Row>, string>)(h => new[] {"{ h }"}.Select({lambda}).Select(x => Show.Of(x)).Single())))
        """);

    private static string Program(string pipeline, string linq, string data = "Data.Rows(17 + data, tame: data % 2 == 0)") => $$"""
        public static class NAME
        {
            [Pipeline]
            public static void Define(Job job, ISource<Row> source, ISink<string> sink, int captured)
            {
                var local = captured + 1;
                job.From(source).Where(r => r.Id >= 0){{pipeline}}.To(sink);
            }

            private static IEnumerable<string> Linq(List<Row> source, int captured)
            {
                var local = captured + 1;
                return source{{linq}};
            }

            public static string Check()
            {
                for (var data = 0; data < 6; data++)
                {
                    var records = {{data}};
                    tracked = 0;
                    var expected = Harness.Outcome(() => Linq(records, data));
                    foreach (var interpreted in new[] { true, false })
                    {
                        tracked = 0;
                        var actual = Harness.Run<Row>((job, source, sink) => Define(job, source, sink, data), records, interpreted);
                        if (!Harness.Agree(expected, actual))
                        {
                            return $"data {data}, {(interpreted ? "interpreted" : "compiled")}:\n{actual}\nLINQ:\n{expected}";
                        }
                    }
                }

                return "";
            }

            private const int OwnSeven = 7;
            private const string OwnText = "own";
            private static readonly int OwnEight = 8;
            private static int tracked;
            private static int OwnHalf(int n) => n / 2;
            private static int OwnDeep(int n) => n > 0 ? OwnHalf(n) + OwnSeven : ~n;
            private static int OwnOver(int n) => n ^ 1;
            private static int OwnOver(string s) => s.Length;
            private static int OwnBlock(int n) { var m = n; foreach (var c in OwnText) { m ^= c; } return m; }
            private static int OwnRecursive(int n) => n <= 0 ? 0 : 1 + OwnRecursive(n - 1);
            private static int OwnState(int n) => n + (tracked > 1000 ? 1 : 0);
            private static bool Track(int n) { tracked++; return n > 0; }
            private static int Tracked(int n) => tracked += n > 0 ? 1 : 0;
            private static int Tracked() => tracked > 0 ? 1 : 0;
            private static class OwnShared { public static int Twice(int n) => unchecked(n * 2); }
            private static class P_ { public const double Hidden = double.NaN; }
        }
        """;
}
