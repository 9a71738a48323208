using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Weir.Analyzers;
using Weir.Generators.State;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>A project in two versions: the baseline is that of the first, and the second is looked at.</summary>
public sealed class StateBaselineAnalyzerTests
{
    private const string Types = """
        public enum Tier { Bronze, Silver }
        public sealed record Line(string Name, int Count);
        public sealed record Place(string City, Tier Tier);
        public sealed class Total
        {
            public long Sum { get; set; }
            public List<Line> Lines { get; set; } = [];
            public Tier Best { get; set; }
            public Shape? Shape { get; set; }
        }
        public abstract record Shape { public sealed record Circle(int R) : Shape; public sealed record Box(int W) : Shape; }

        """;

    private const string Chain = "job.From(flights).KeyBy(f => Key(f)).Window(Tumbling.Of(TimeSpan.FromDays(1)))"
        + ".Aggregate(new Sums()).To(totals);";

    [Fact]
    public Task The_same_state_is_no_change() => Check("WEIR2001", Types, Chain);

    [Theory]
    [InlineData("long Sum", "decimal Sum")]
    [InlineData("Bronze, Silver", "Bronze, Silver, Gold")]
    [InlineData("Bronze, Silver", "Bronze, [WasNamed(\"Silver\")] Argent")]
    [InlineData("string Name, int Count", "long Count, string Name, int More = 3")]
    [InlineData("string Name, int Count", "string Name, [WasNamed(\"Count\")] int Number")]
    [InlineData("string City, Tier Tier", "[WasNamed(\"City\")] string Town, Tier? Tier")]
    [InlineData("public sealed record Box(int W) : Shape;", "public sealed record Box(int W) : Shape; public sealed record New : Shape;")]
    public Task What_a_restore_reads_is_no_error(string then, string now) => Check("WEIR2001", Replaced(then, now), Chain);

    [Theory]
    [InlineData("long Sum {", "int [|Sum|] {")]
    [InlineData("long Sum {", "string? [|Sum|] {")]
    [InlineData("Tier { Bronze, Silver }", "[|Tier|] { Bronze, Gold }")]
    [InlineData("string Name, int Count", "string Name, int [|Number|]")]
    [InlineData("string City, Tier Tier", "string City, Tier Tier, int [|Zip|] = 0")]
    [InlineData("string City, Tier Tier", "Tier [|Tier|], string [|City|]")]
    [InlineData("record Shape { public sealed record Circle(int R) : Shape;", "record [|Shape|] {")]
    [InlineData("List<Line> Lines", "HashSet<Line> [|Lines|]")]
    public Task What_no_restore_reads_is_reported_at_the_member(string then, string now) =>
        Check("WEIR2001", Replaced(then, now), Chain);

    [Fact]
    public Task Another_accumulator_is_reported_at_its_type() => Check(
        "WEIR2001", Types + "public struct [|Other|] { public int N; } ",
        Chain.Replace("new Sums()", "new Others()", StringComparison.Ordinal), accumulator: "Other", aggregate: "Others");

    [Fact]
    public Task One_of_the_framework_is_reported_at_the_verb() => Check(
        "WEIR2001", Types, Chain.Replace(".Aggregate(new Sums())", ".[|Aggregate|](new Others())", StringComparison.Ordinal),
        accumulator: "DateTime", aggregate: "Others");

    [Fact]
    public Task H28_a_second_verb_without_an_id_is_reported() => Check(
        "WEIR2002", Types, Chain.Replace("flights", "more", StringComparison.Ordinal)
            .Replace(".To(totals)", "", StringComparison.Ordinal) + Chain
            .Replace("From(flights)", "[|From|](flights)", StringComparison.Ordinal)
            .Replace(".Aggregate(", ".[|Aggregate|](", StringComparison.Ordinal));

    [Fact]
    public Task An_operator_that_has_another_id_is_reported() => Check(
        "WEIR2002", Types, Chain.Replace(".Aggregate(new Sums())", ".[|Aggregate|](new Sums()).Id(\"sums\")", StringComparison.Ordinal));

    [Fact]
    public Task One_that_is_gone_is_reported_at_the_method() => Check(
        "WEIR2002", Types, "job.From(flights);", method: "[|Define|]", times: 2);

    [Fact]
    public Task A_pipeline_with_another_name_is_reported_and_compared_all_the_same() => Check(
        "WEIR2002", Types, Chain.Replace(".Aggregate(new Sums())", ".[|Aggregate|](new Sums()).Id(\"sums\")", StringComparison.Ordinal),
        method: "[|Other|]");

    [Fact]
    public Task A_pipeline_that_hands_its_stream_on_loses_nothing() => Check("WEIR2002", Types, "Rest(job.From(flights), totals);");

    [Fact]
    public Task A_pipeline_in_a_loop_is_compared_by_the_ids_of_its_user() => Check(
        "WEIR2002", Types, "for (var i = 0; i < 1; i++) { " + Chain + " }");

    [Theory]
    [InlineData("{", "its end")]
    [InlineData("{\n<<<<<<< HEAD\n", "a conflict of a merge")]
    [InlineData("{ \"format\": 9 }", "its format is 9, and this Weir knows 1")]
    [InlineData("{ \"format\": 1, \"types\": { \"record A\": {}, \"record A\": {} } }", "'record A' stands in it twice")]
    public async Task A_baseline_that_nobody_can_read_is_an_error_in_the_file(string baseline, string why)
    {
        var test = TestOf(Source(Types, Chain), baseline);
        test.ExpectedDiagnostics.Add(new DiagnosticResult("WEIR2001", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithNoLocation());
        test.TestBehaviors = TestBehaviors.SkipSuppressionCheck;
        var failed = await Record.ExceptionAsync(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(why, failed?.Message ?? "", StringComparison.Ordinal);
        Assert.Contains("weir.state.json", failed!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("List<Pair<int>> Pairs", true)]
    [InlineData("List<Pair<long>> Pairs", true)]
    [InlineData("List<Pair<string>> Pairs", false)]
    public async Task Type_arguments_are_compared_where_the_members_have_them(string now, bool isRead)
    {
        string Generic(string member) => Source(Types.Replace("List<Line> Lines", member, StringComparison.Ordinal)
            + "public sealed record Pair<T>(T One, T Two);", Chain);
        var test = TestOf(Generic(now), StateFileText.Of(StateReader.Read(Compile.Source(Generic("List<Pair<int>> Pairs")), default)));
        var failed = await Record.ExceptionAsync(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(isRead, failed is null);
    }

    [Fact]
    public async Task A_type_that_a_merge_has_lost_is_missed()
    {
        var baseline = Baseline();
        var at = baseline.IndexOf("    \"record Line\"", StringComparison.Ordinal);
        var test = TestOf(Source(Types, Chain), baseline.Remove(at, baseline.IndexOf("    \"record", at + 9, StringComparison.Ordinal) - at));
        var failed = await Record.ExceptionAsync(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'accumulator.Lines' is record Line, which is not among the types of the baseline", failed!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_that_is_gone_without_an_heir_is_an_error_in_the_file()
    {
        var test = TestOf("public static class Empty;", Baseline());
        var failed = await Record.ExceptionAsync(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("the pipeline 'P.Define' is gone, and its state with it", failed!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Without_a_baseline_nothing_is_reported() =>
        TestOf(Source(Replaced("long Sum {", "int Sum {"), Chain), null).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public void The_baseline_is_sorted_with_a_member_a_line() => Snapshot.Match(Baseline(), "json");

    [Fact]
    public void The_baseline_names_what_each_verb_keeps() => Snapshot.Match(
        StateFileText.Of(StateReader.Read(Compile.Source("""
            using Weir;

            public sealed record Flight(string Origin, DateTime Departure, int Delay);

            public sealed class Seen : KeyedProcess<string, Flight, string>
            {
                private readonly ValueState<int> _count = new();

                public override void OnRecord(Flight record, ProcessContext<string, string> context) => _count.Value++;
            }

            public sealed class Fires : WindowProcess<int, string, string>
            {
                private readonly ValueState<long> _fires = new();

                public override void OnFire(int input, WindowContext<string, string> context) => _fires.Value++;
            }

            public sealed class Delays : IAggregate<Flight, int, int>
            {
                public int Create() => 0;
                public void Add(ref int accumulator, in Flight record) => accumulator += record.Delay;
                public void Merge(ref int accumulator, in int other) => accumulator += other;
                public int Result(in int accumulator) => accumulator;
            }

            public static class P
            {
                [Pipeline]
                public static void Define(Job job, ISource<Flight> source)
                {
                    var keyed = job.From(source).WithEventTime(f => f.Departure, TimeSpan.Zero).KeyBy(f => f.Origin);
                    keyed.Distinct().Id("distinct");
                    keyed.DistinctBy(f => f.Delay).Id("distinct-by");
                    keyed.Deduplicate(TimeSpan.FromDays(1)).Id("deduplicate");
                    keyed.Lag().Id("lag");
                    keyed.TopN(3, f => f.Delay).Id("top");
                    keyed.Process(() => new Seen()).Id("process");
                    keyed.Reduce((a, b) => b).Id("running-reduce");
                    job.From(source).Select(f => f.Delay).Distinct().Id("distinct-records");

                    var hour = TimeSpan.FromHours(1);
                    var hours = keyed.Window(Tumbling.Of(hour));
                    hours.Reduce((a, b) => b).Id("reduce");
                    hours.TopN(3, f => f.Delay).Id("top-of-window");
                    hours.Process((records, context) => records).Id("records");
                    hours.Aggregate(new Delays(), () => new Fires()).Id("fires");
                    hours.Retracting().Aggregate(g => g.Count()).Id("retracting");
                    hours.Aggregate(g => g.First().Delay).Id("first");

                    // Their records are kept.
                    hours.Evict(Evictor.Count(2)).Aggregate(g => g.Count()).Id("evicted");
                    keyed.Window(Sliding.Of(hour * 2, hour)).Aggregate(g => g.First().Delay).Id("first-of-overlapping");
                    keyed.Window(SessionWindow.WithGap(hour)).AllowLateness(hour).Reduce((a, b) => b).Id("sessions-reduced");
                    keyed.Window(CountWindow.Of(4, 2)).Trigger(Trigger.Count(1)).Aggregate(new Delays()).Id("counted-and-shared");
                }
            }
            """), default)),
        "json");

    private static string Replaced(string then, string now)
    {
        Assert.Contains(then, Types, StringComparison.Ordinal);
        return Types.Replace(then, now, StringComparison.Ordinal);
    }

    private static Task Check(
        string id, string types, string statements, string accumulator = "Total", string aggregate = "Sums", string method = "Define",
        int times = 1)
    {
        var marked = Source(types, statements, accumulator, aggregate, method);
        for (var nested = 1; nested < times; nested++)
        {
            marked = marked.Replace("[|Define|]", "[|[|Define|]|]", StringComparison.Ordinal);
        }

        var test = TestOf(
            marked.Replace("[|", "{|" + id + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal), Baseline());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static CSharpAnalyzerTest<StateBaselineAnalyzer, DefaultVerifier> TestOf(string source, string? baseline)
    {
        var test = new CSharpAnalyzerTest<StateBaselineAnalyzer, DefaultVerifier> { TestCode = source };
        Compile.Prepare(test);
        if (baseline is not null)
        {
            test.TestState.AdditionalFiles.Add(("weir.state.json", baseline));
        }

        return test;
    }

    private static string Baseline() => StateFileText.Of(StateReader.Read(Compile.Source(Source(Types, Chain)), default));

    private static string Source(
        string types, string statements, string accumulator = "Total", string aggregate = "Sums", string method = "Define") => $$"""
        using Weir;

        public sealed record Flight(string Origin, int Delay);
        public static class Made<T> { public static T Of(string text) => throw new NotSupportedException(text); }
        {{types}}
        public sealed class {{aggregate}} : IAggregate<Flight, {{accumulator}}, int>
        {
            public {{accumulator}} Create() => new();
            public void Add(ref {{accumulator}} accumulator, in Flight record) { }
            public void Merge(ref {{accumulator}} accumulator, in {{accumulator}} other) { }
            public int Result(in {{accumulator}} accumulator) => 0;
        }

        public static class P
        {
            private static Place Key(Flight flight) => Made<Place>.Of(flight.Origin);

            private static void Rest(Stream<Flight> all, ISink<int> totals) => all.KeyBy(f => Key(f))
                .Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(new {{aggregate}}()).To(totals);

            [Pipeline] public static void {{method}}(Job job, ISource<Flight> flights, ISource<Flight> more, ISink<int> totals)
            {
                {{statements}}
            }
        }
        """;
}
