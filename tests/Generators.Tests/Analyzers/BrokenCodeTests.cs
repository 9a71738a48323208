using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers.Determinism;
using Weir.Generators.Tests.House;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>While somebody types, most code is broken: no analyzer may fail on it.</summary>
public sealed class BrokenCodeTests
{
    private const int Seed = 20261126;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [.. typeof(DeterminismAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    [Theory]
    [InlineData("all.Select(t => ")]
    [InlineData("all.Select(t => t.")]
    [InlineData("all.Where(t => { if (t.Id > ; return")]
    [InlineData("all.KeyBy(t => new Missing(t)).Window(")]
    [InlineData("all.Select(Unknown); all.Select(t => Unknown(t));")]
    [InlineData("all.Select((Nowhere t) => t.X)")]
    [InlineData("all.Aggregate(new IAggregate<")]
    [InlineData("Func<Trade, int> f = f; all.Select(f);")]
    [InlineData("Func<Trade, int> f = t => f(t); all.Select(f); f = f + f;")]
    [InlineData("var x = all.Select(t => x); x.Union(x, x")]
    [InlineData("foreach (var (a, b) in all.Select(")]
    [InlineData("from t in all where t. select")]
    [InlineData("all.Select(t => t switch { { Id: } => , })")]
    [InlineData("all.Select(t => $\"{t.}\" + $\"{")]
    [InlineData("all.Select(t => new { t. }).KeyBy(x => x.")]
    [InlineData("int Local(Trade t) => Local(t); all.Select(Local); all.Select(t => Local")]
    public async Task Half_typed_code_makes_no_analyzer_fail(string verbs) => Assert.Empty(await Failures(Compile.Source($$"""
        using Weir;
        public sealed record Trade(string Symbol, int Id, DateTime Time);
        public static class P
        {
            [Pipeline] public static void Define(Job job, ISource<Trade> trades)
            {
                var all = job.From(trades).WithEventTime(t => t.Time, TimeSpan.Zero);
                {{verbs}}
            }
        }
        """)));

    /// <summary>The corpus, with a piece cut out of each file at a place that a seed chooses.</summary>
    [Fact]
    public async Task Pieces_cut_out_of_the_corpus_make_no_analyzer_fail()
    {
        var files = Repository.Files("tests/Analyzers.Corpus", "*.cs").Select(file => (file, Text: File.ReadAllText(file))).ToArray();
        for (var round = 0; round < 2; round++)
        {
            var random = new Random(Seed + round);
            var trees = files.Select(file =>
            {
                var start = random.Next(file.Text.Length);
                return Compile.Tree(file.Text.Remove(start, Math.Min(random.Next(1, 40), file.Text.Length - start)), file.file);
            });
            var compilation = Compile.Source("").RemoveAllSyntaxTrees()
                .AddSyntaxTrees([Compile.Tree(Compile.UsingsText, "GlobalUsings.cs"), .. trees]);
            var failures = await Failures(compilation);
            Assert.True(failures.Length == 0, $"seed {Seed + round}:\n{string.Join('\n', failures.Take(3))}");
        }
    }

    private static async Task<string[]> Failures(CSharpCompilation compilation)
    {
        var failures = new List<string>();
        var with = compilation.WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (failure, analyzer, _) => failures.Add($"{analyzer.GetType().Name}: {failure}"), false, false));
        await with.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. failures];
    }
}
