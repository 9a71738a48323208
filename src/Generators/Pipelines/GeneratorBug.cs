using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Pipelines;

/// <summary>
/// WEIR0004, the one thing that a generator reports: a bug of its own. What users should know of their pipelines is the analyzer's to say.
/// </summary>
internal static class GeneratorBug
{
    private const string NewIssue = "https://github.com/weir-stream/weir/issues/new";

    public static readonly DiagnosticDescriptor Rule = new(
        "WEIR0004",
        "The generator failed on a pipeline",
        "The generator of Weir failed while {0} '{1}', so that it runs interpreted: slower, with the same results; "
            + $"this is a bug of Weir, please report it at {NewIssue} ({{2}})",
        "Pipeline",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: "https://github.com/weir-stream/weir/blob/main/docs/rules/WEIR0004.md");

    public static Diagnostic Report(GeneratorBugModel bug)
    {
        var start = new LinePosition(bug.Line - 1, 0);
        return Diagnostic.Create(Rule, bug.File is { } file ? Location.Create(file, default, new LinePositionSpan(start, start))
            : Location.None, bug.Doing, bug.Title, bug.Failure);
    }
}
