using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Codecs;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines;
using Weir.Generators.Reading;
using Weir.Generators.Rows;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

/// <summary>Each part of what the generators read and write fails once: it costs that part alone, and is said.</summary>
public sealed class FaultsTests
{
    private const string Source = """
        using Weir;

        namespace Air;

        [GenerateCodec]
        public sealed record Order(int Id, Kind Kind, List<Line> Lines);

        public sealed record Line(string Text, int? Count);

        public enum Kind { One, Two }

        public static class First
        {
            [Pipeline]
            public static void Define(Job job, ISink<string> sink) => Helping.Ended(
                job.From(Csv.Read<Simple>("x")).Where(n => n.Id > 1).KeyBy(n => n.Name).Window(Tumbling.Of(TimeSpan.FromHours(1)))
                    .Aggregate(g => g.Key + g.Count()), sink);
        }

        public static class Second
        {
            [Pipeline]
            public static void Define(Job job, ISource<Order> source) => job.From(source).Where(n => n.Id > 5).Rebalance()
                .To(Files.JsonLines<Order>("y"));
        }

        public sealed record Simple(int Id, string Name);

        public static class Helping
        {
            public static void Ended(Stream<string> texts, ISink<string> sink) => texts.Select(t => t + "!").To(sink);

            public static object Outside(Stream<Line> lines) => lines.Rebalance();
        }
        """;

    private const string EachPart =
        "the (types|type|rows|pipeline|loops|interceptors|codec|site|marks|program|file|memo|CSV format|JSON format)";

    [Fact]
    public void A_fault_of_any_part_costs_that_part_and_is_one_warning_that_says_what_to_do()
    {
        var parts = new List<string>();
        var whole = Run(parts.Add);
        Assert.Empty(whole.Diagnostics);
        Assert.InRange(parts.Count, 25, 100);
        Assert.Equal(14, parts.Select(part => Regex.Match(part, EachPart).Value).Distinct().Count());

        for (var number = 0; number < parts.Count; number++)
        {
            var next = 0;
            var result = Run(part => _ = next++ == number ? throw new InvalidOperationException($"a bug at {part}") : 0);

            // What was read wrongly is told by each generator that reads it.
            var said = result.Diagnostics.Select(static one => one.GetMessage(CultureInfo.InvariantCulture)).Distinct().ToArray();
            Assert.All(result.Diagnostics, static one => Assert.Equal("WEIR0008", one.Id));
            Assert.True(said.Length == 1, $"{parts[number]}: {string.Join('\n', said)}");
            Assert.Contains($"a bug at {parts[number]}", said[0], StringComparison.Ordinal);
            Assert.All(result.Results, static one => Assert.Null(one.Exception));
            Assert.Empty(Compile.Source(Source).AddSyntaxTrees(result.GeneratedTrees)
                .GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(static one => one.Severity > DiagnosticSeverity.Hidden)
                .Select(one => $"{parts[number]}: {one}"));

            // A fault loses no more than one pipeline's file and what it marked in helper methods.
            Assert.InRange(whole.GeneratedTrees.Length - result.GeneratedTrees.Length, 0, 2);
        }
    }

    [Fact]
    public void A_codec_that_cannot_be_written_leaves_all_others_as_they_were()
    {
        var whole = Codecs(Run(static _ => { }));
        var partly = Codecs(Run(static part => _ = part == "the codec of 'global::Air.Line'" ? throw new InvalidOperationException() : 0));

        Assert.Contains("class Air_LineCodec", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("Air_LineCodec", partly, StringComparison.Ordinal);
        Assert.Contains("class Air_OrderCodec", partly, StringComparison.Ordinal);
        Assert.Contains("class Air_KindCodec", partly, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the program")]
    [InlineData("the memo")]
    public void A_memo_that_cannot_be_asked_costs_no_generated_code_and_every_generator_is_told_the_same(string broken)
    {
        var whole = Run(static _ => { });
        var result = Run(part => _ = part == broken ? throw new InvalidOperationException("a bug") : 0);

        var bug = Assert.Single(result.Diagnostics);
        Assert.Contains("everything is compiled as ever", bug.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(Texts(whole), Texts(result));
    }

    [Fact]
    public void A_file_that_cannot_be_read_costs_itself_and_no_other()
    {
        var compilation = Compile.Source(Source);
        var other = CSharpSyntaxTree.ParseText(
            "[Weir.GenerateCodec] public sealed record Alone(int Id);",
            (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
            "Alone.cs",
            cancellationToken: TestContext.Current.CancellationToken);
        var memo = new SiteMemo();
        try
        {
            Faults.Inject(static part => _ = part == "the file 'Probe.cs'" ? throw new InvalidOperationException("a bug") : 0);
            var result = compilation.AddSyntaxTrees(other)
                .Run(new PipelineGenerator(memo), new CodecGenerator(memo), new RowFormatGenerator(memo))
                .GetRunResult();

            Assert.Contains("class AloneCodec", Codecs(result), StringComparison.Ordinal);
            Assert.Contains(result.Diagnostics, static bug =>
                bug.Location.GetLineSpan().Path == "Probe.cs" && bug.GetMessage(CultureInfo.InvariantCulture).Contains(
                    "reading the file 'Probe.cs', so that the pipelines in it run interpreted", StringComparison.Ordinal));
            Assert.All(result.Results, static one => Assert.Null(one.Exception));
        }
        finally
        {
            Faults.Inject(null);
        }
    }

    private static string[] Texts(GeneratorDriverRunResult result) =>
        [.. result.GeneratedTrees.Select(static tree => $"{tree.FilePath}\n{tree}").Order(StringComparer.Ordinal)];

    private static string Codecs(GeneratorDriverRunResult result) =>
        result.GeneratedTrees.Single(static tree => tree.FilePath.EndsWith("Weir.Codecs.g.cs", StringComparison.Ordinal)).ToString();

    private static GeneratorDriverRunResult Run(Action<string> fault)
    {
        var memo = new SiteMemo();
        try
        {
            Faults.Inject(fault);
            return Compile.Source(Source)
                .Run(new PipelineGenerator(memo), new CodecGenerator(memo), new RowFormatGenerator(memo))
                .GetRunResult();
        }
        finally
        {
            Faults.Inject(null);
        }
    }
}
