using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers.Determinism;
using Weir.Generators.Tests.House;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>
/// <c>tests/Analyzers.Corpus</c>: files of ordinary code in which each line that breaks a rule ends with its id, and no other line may be
/// reported.
/// </summary>
public sealed partial class AnalyzersCorpusTests
{
    private const string Folder = "tests/Analyzers.Corpus";

    private static readonly Lazy<Task<Verdict>> Judged = new(JudgeAsync);

    [Fact]
    public async Task Every_marked_line_is_reported_and_no_other()
    {
        var verdict = await Judged.Value;
        Assert.True(
            verdict.Missed.Count == 0 && verdict.False.Count == 0,
            $"missed:\n{string.Join('\n', verdict.Missed)}\nnot marked:\n{string.Join('\n', verdict.False)}");
    }

    [Fact]
    public async Task The_corpus_is_large_and_its_table_is_up_to_date()
    {
        var verdict = await Judged.Value;
        Assert.True(verdict.Marks >= 250, $"{verdict.Marks} marked lines");
        Snapshot.Match(verdict.Table, "md");
    }

    [Fact]
    public async Task No_analyzer_fails_on_it() => Assert.Empty((await Judged.Value).Failures);

    private static async Task<Verdict> JudgeAsync()
    {
        // Marked files from elsewhere are tried by WEIR_MARKED=folder.
        var files = (Environment.GetEnvironmentVariable("WEIR_MARKED") is { } other
            ? Directory.EnumerateFiles(other, "*.cs", SearchOption.AllDirectories)
            : Repository.Files(Folder, "*.cs")).Order(StringComparer.Ordinal).ToArray();
        var compilation = Compile.Source("").RemoveAllSyntaxTrees().AddSyntaxTrees(
            [Parse(Compile.UsingsText, "GlobalUsings.cs"), .. files.Select(static file => Parse(File.ReadAllText(file), file))]);
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal)
            && diagnostic.DefaultSeverity == DiagnosticSeverity.Error).ToArray();
        Assert.Empty(errors);
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. typeof(DeterminismAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
        var reported = await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync();
        return new Verdict(files, reported);
    }

    // The newest that this compiler knows: what it calls preview is the next version's.
    private static SyntaxTree Parse(string text, string path) => Compile.Tree(text, path, LanguageVersion.Preview);

    private sealed class Verdict
    {
        private readonly SortedDictionary<string, (int Marked, int Found, int False)> _rules = new(StringComparer.Ordinal);

        public Verdict(string[] files, ImmutableArray<Diagnostic> reported)
        {
            var marks = files.SelectMany(Marked).ToHashSet();
            var found = reported
                .Where(diagnostic => diagnostic.Location.IsInSource && Watched().IsMatch(diagnostic.Id) && !IsRemark(diagnostic))
                .Select(diagnostic => (
                    diagnostic.Location.SourceTree!.FilePath,
                    Line: diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1,
                    diagnostic.Id,
                    Text: diagnostic.GetMessage(CultureInfo.InvariantCulture)))
                .ToArray();
            var lines = found.Select(one => (one.FilePath, one.Line, one.Id)).ToHashSet();
            Failures = [.. reported.Where(diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal))
                .Select(diagnostic => diagnostic.ToString())];
            Marks = marks.Count;
            Missed = [.. marks.Where(mark => !lines.Contains(mark)).Select(mark =>
                $"{Name(mark.Item1)}:{mark.Item2} {mark.Item3}").Order()];
            False = [.. found.Where(one => !marks.Contains((one.FilePath, one.Line, one.Id)))
                .Select(one => $"{Name(one.FilePath)}:{one.Line} {one.Id} {one.Text}").Order()];
            foreach (var id in marks.Select(mark => mark.Item3).Concat(lines.Select(line => line.Id)).Distinct())
            {
                _rules[id] = (
                    marks.Count(mark => mark.Item3 == id),
                    marks.Count(mark => mark.Item3 == id && lines.Contains(mark)),
                    lines.Count(line => line.Id == id && !marks.Contains(line)));
            }
        }

        public int Marks { get; }

        public IReadOnlyList<string> Missed { get; }

        public IReadOnlyList<string> False { get; }

        public IReadOnlyList<string> Failures { get; }

        public string Table
        {
            get
            {
                var table = new StringBuilder("| rule | marked lines | found | reported but not marked |\n|---|---|---|---|\n");
                foreach (var (id, (marked, hits, wrong)) in _rules)
                {
                    table.Append(CultureInfo.InvariantCulture, $"| {id} | {marked} | {hits} | {wrong} |\n");
                }

                return table.Append(CultureInfo.InvariantCulture,
                    $"| all | {Marks} | {Marks - Missed.Count} | {False.Count} |\n").ToString();
            }
        }

        private static IEnumerable<(string, int, string)> Marked(string file) => File.ReadLines(file)
            .SelectMany((line, index) => Mark().Match(line) is { Success: true } mark
                ? Id().Matches(mark.Value).Select(id => (file, index + 1, id.Value))
                : []);

        // At the place in the pipeline that leads to a report elsewhere.
        private static bool IsRemark(Diagnostic diagnostic) =>
            diagnostic.Severity == DiagnosticSeverity.Info && diagnostic.DefaultSeverity > DiagnosticSeverity.Info;

        private static string Name(string file) => Path.GetFileName(file);
    }

    [GeneratedRegex("//( WEIR[0-9]{4})+$")]
    private static partial Regex Mark();

    [GeneratedRegex("WEIR[0-9]{4}")]
    private static partial Regex Id();

    [GeneratedRegex("^WEIR(0005|0006|1[0-9]{3}|2003|2004|3004)$")]
    private static partial Regex Watched();
}
