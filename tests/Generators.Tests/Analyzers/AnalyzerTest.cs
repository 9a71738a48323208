using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>Runs one analyzer over a source in which <c>[|…|]</c> marks each place it must report, and no other.</summary>
internal static class AnalyzerTest
{
    private const string Types = """
        using Weir;

        namespace Air;

        public sealed record Flight(string Origin, DateTime Departure, int Delay, double Distance);

        """;

    public static async Task Verify<TAnalyzer>(string id, [StringSyntax("c#-test")] string marked)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var (source, expected) = Unmark(Types + marked);
        var compilation = Compile.Source(source);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        var reported = await compilation
            .WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .WithAnalyzers([new TAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            expected.Select(span => (id, source.Substring(span.Start, span.Length))),
            reported.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => (diagnostic.Id, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length))));
    }

    private static (string Source, ImmutableArray<TextSpan> Spans) Unmark(string marked)
    {
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        for (int start; (start = marked.IndexOf("[|", StringComparison.Ordinal)) >= 0;)
        {
            marked = marked.Remove(start, 2);
            var end = marked.IndexOf("|]", start, StringComparison.Ordinal);
            marked = marked.Remove(end, 2);
            spans.Add(TextSpan.FromBounds(start, end));
        }

        return (marked, spans.ToImmutable());
    }
}
