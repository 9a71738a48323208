using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <summary>
/// Every diagnostic of the project, a file a family. WEIR0xxx: the pipeline cannot be compiled; 1xxx: it is not deterministic; 2xxx: state;
/// 3xxx: speed and usage.
/// </summary>
internal static partial class Rules
{
    private const string Pipeline = nameof(Pipeline);
    private const string Determinism = nameof(Determinism);
    private const string State = nameof(State);
    private const string Performance = nameof(Performance);

    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity severity, string title, string message) => new(
        id,
        title,
        message,
        category,
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/weir-stream/weir/blob/main/docs/rules/{id}.md");
}
