using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Infrastructure;

/// <summary>
/// WEIR0008, the one thing that a generator reports: a bug of its own. What users should know of their code is the analyzer's to say.
/// </summary>
internal static class GeneratorBug
{
    private const string NewIssue = "https://github.com/weir-stream/weir/issues/new";

    public static readonly DiagnosticDescriptor Rule = new(
        "WEIR0008",
        "The generator failed",
        $"The generator of Weir failed while {{0}}, so that {{1}}; this is a bug of Weir, please report it at {NewIssue} ({{2}})",
        "Pipeline",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: "https://github.com/weir-stream/weir/blob/main/docs/rules/WEIR0008.md");

    /// <summary>Reports a failure if there was one.</summary>
    public static void Report(SourceProductionContext output, GeneratorBugModel? bug)
    {
        if (bug is not null)
        {
            output.ReportDiagnostic(Report(bug));
        }
    }

    public static Diagnostic Report(GeneratorBugModel bug)
    {
        var location = Location.None;
        if (bug is { File: { } file, Line: { } line })
        {
            var start = new LinePosition(line - 1, 0);
            location = Location.Create(file, default, new LinePositionSpan(start, start));
        }

        return Diagnostic.Create(Rule, location, bug.Doing, bug.Consequence, bug.Failure);
    }
}
