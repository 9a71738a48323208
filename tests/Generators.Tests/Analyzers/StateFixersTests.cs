using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Weir.Analyzers;
using Weir.CodeFixes;
using Weir.Generators.State;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>A project whose state has changed against its baseline, and what the fixes make of source and baseline.</summary>
public sealed class StateFixersTests
{
    private const string Types = """
        public enum Tier { Bronze, Silver }

        public sealed record Line(string Name, int Count);

        public sealed class Total
        {
            // What was sold.
            public long Sum { get; set; }

            public List<Line> Lines { get; set; } = [];
            public Tier Best { get; set; }
            public Shape? Shape { get; set; }
        }

        public abstract record Shape { public sealed record Circle(int R) : Shape; public sealed record Box(int W) : Shape; }
        """;

    private const string Chain = """
        job.From(flights)
                    .KeyBy(f => f.Origin)
                    .Window(Tumbling.Of(TimeSpan.FromDays(1)))
                    .Aggregate(new Sums())
                    .To(totals);
        """;

    [Theory]
    [InlineData("public long Sum {", "public long {|WEIR2001:Amount|} {", "[WasNamed(\"Sum\")]\n    public long Amount {")]
    [InlineData("string Name, int Count", "string Name, int {|WEIR2001:Number|}", "string Name, [WasNamed(\"Count\")] int Number")]
    [InlineData("Tier { Bronze, Silver }", "{|WEIR2001:Tier|} { Bronze, Argent }", "Tier { Bronze, [WasNamed(\"Silver\")] Argent }")]
    [InlineData("public enum Tier { Bronze, Silver }", "public enum {|WEIR2001:Tier|}\n{\n    Bronze,\n    Argent,\n}",
        "public enum Tier\n{\n    Bronze,\n    [WasNamed(\"Silver\")]\n    Argent,\n}")]
    [InlineData("Shape { public sealed record Circle(int R)", "{|WEIR2001:Shape|} { public sealed record Round(int R)",
        "Shape { [WasNamed(\"Circle\")] public sealed record Round(int R)")]
    public Task What_has_another_name_is_marked_with_the_old_one(string then, string now, string marked) =>
        Verify<AddFormerNameFixer>(Source(Types.Replace(then, now, StringComparison.Ordinal)), Baseline(),
            Source(Types.Replace(then, marked, StringComparison.Ordinal)), Baseline());

    [Fact]
    public Task A_renamed_type_is_marked_above_its_comment() => Verify<AddFormerNameFixer>(
        Source(Types.Replace("record Line", "record {|WEIR2001:Row|}", StringComparison.Ordinal)
            .Replace("List<Line>", "List<Row>", StringComparison.Ordinal)),
        Baseline(),
        Source(Types.Replace("public sealed record Line", "[WasNamed(\"Line\")]\npublic sealed record Row", StringComparison.Ordinal)
            .Replace("List<Line>", "List<Row>", StringComparison.Ordinal)),
        Baseline());

    [Theory]
    [InlineData(".Aggregate(new Sums())", ".{|WEIR2002:Aggregate|}(new Sums()).Id(\"sums\")", ".Aggregate(new Sums()).Id(\"Aggregate-1\")")]
    [InlineData(".Aggregate(new Sums())", ".{|WEIR2002:Aggregate|}(new Sums()).WithParallelism(2).Id(\"sums\") // two",
        ".Aggregate(new Sums()).WithParallelism(2).Id(\"Aggregate-1\") // two")]
    public Task An_operator_gets_its_former_id(string then, string now, string named) => Verify<GiveFormerIdFixer>(
        Source(Types, Chain.Replace(then, now, StringComparison.Ordinal)), Baseline(),
        Source(Types, Chain.Replace(then, named, StringComparison.Ordinal)), Baseline());

    [Fact]
    public Task An_operator_that_lost_its_id_gets_it_behind_its_call() => Verify<GiveFormerIdFixer>(
        Source(Types, Chain.Replace(".Aggregate(", ".{|WEIR2002:Aggregate|}(", StringComparison.Ordinal)),
        Baseline(Types, Chain.Replace("new Sums())", "new Sums()).Id(\"sums\")", StringComparison.Ordinal)),
        Source(Types, Chain.Replace("new Sums())", "new Sums()).Id(\"sums\")", StringComparison.Ordinal)),
        Baseline(Types, Chain.Replace("new Sums())", "new Sums()).Id(\"sums\")", StringComparison.Ordinal)));

    [Fact]
    public Task The_new_state_of_an_operator_becomes_the_baseline()
    {
        var types = Types.Replace("public long Sum", "public string? Sum", StringComparison.Ordinal);
        return Verify<AcceptStateFixer>(
            Source(Types.Replace("public long Sum", "public string? {|WEIR2001:Sum|}", StringComparison.Ordinal)), Baseline(),
            Source(types), Baseline(types));
    }

    [Fact]
    public Task A_new_accumulator_brings_its_types_and_the_old_ones_go()
    {
        var types = Types + " public struct Other { public Place P { get; set; } } public record struct Place(int X);";
        string Changed(string text) => text.Replace("Total, int>", "Other, int>", StringComparison.Ordinal)
            .Replace("ref Total", "ref Other", StringComparison.Ordinal).Replace("in Total", "in Other", StringComparison.Ordinal)
            .Replace("public Total Create", "public Other Create", StringComparison.Ordinal);
        return Verify<AcceptStateFixer>(
            Changed(Source(types.Replace("struct Other", "struct {|WEIR2001:Other|}", StringComparison.Ordinal))), Baseline(),
            Changed(Source(types)), StateFileText.Of(StateReader.Read(Compile.Source(Changed(Source(types))), default)));
    }

    [Fact]
    public Task The_operators_of_a_pipeline_become_the_baseline() => Verify<AcceptStateFixer>(
        Source(Types, Chain.Replace(".Aggregate(new Sums())", ".{|WEIR2002:Aggregate|}(new Sums()).Id(\"sums\")", StringComparison.Ordinal)),
        Baseline(),
        Source(Types, Chain.Replace(".Aggregate(new Sums())", ".Aggregate(new Sums()).Id(\"sums\")", StringComparison.Ordinal)),
        Baseline(Types, Chain.Replace(".Aggregate(new Sums())", ".Aggregate(new Sums()).Id(\"sums\")", StringComparison.Ordinal)));

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("  ", "\t")]
    [InlineData("\"operators\": {", "\"operators\":\n  {")]
    [InlineData("\"Elsewhere.Job/From-1\": {\n      \"verb\": \"From\"\n    }", "\"Elsewhere.Job/From-1\" : { \"verb\" : \"From\" }")]
    public Task What_is_accepted_leaves_the_rest_of_the_file_as_it_is_set(string then, string now)
    {
        string Set(string text)
        {
            Assert.Contains(then, text, StringComparison.Ordinal);
            return text.Replace(then, now, StringComparison.Ordinal);
        }

        var types = Types.Replace("public long Sum", "public string? Sum", StringComparison.Ordinal);
        return Verify<AcceptStateFixer>(
            Source(Types.Replace("public long Sum", "public string? {|WEIR2001:Sum|}", StringComparison.Ordinal)), Set(Baseline()),
            Source(types), Set(Baseline(types)));
    }

    private static Task Verify<TFixer>(string source, string baseline, string fixedSource, string fixedBaseline)
        where TFixer : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<StateBaselineAnalyzer, TFixer, DefaultVerifier> { TestCode = source, FixedCode = fixedSource };
        Compile.Prepare(test);
        test.TestState.AdditionalFiles.Add(("weir.state.json", baseline));
        test.FixedState.Sources.Add(("GlobalUsings.cs", Compile.UsingsText));
        test.FixedState.AdditionalFiles.Add(("weir.state.json", fixedBaseline));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Baseline(string types = Types, string chain = Chain) =>
        StateFileText.Of(StateReader.Read(Compile.Source(Source(types, chain)), default));

    private static string Source(string types, string chain = Chain) => $$"""
        using Weir;

        public sealed record Flight(string Origin, int Delay);

        {{types}}

        public sealed class Sums : IAggregate<Flight, Total, int>
        {
            public Total Create() => new();
            public void Add(ref Total accumulator, in Flight record) { }
            public void Merge(ref Total accumulator, in Total other) { }
            public int Result(in Total accumulator) => 0;
        }

        public static class Elsewhere
        {
            [Pipeline]
            public static void Job(Job job, ISource<int> numbers) => job.From(numbers);
        }

        public static class P
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> flights, ISink<int> totals)
            {
                {{chain}}
            }
        }
        """;
}
