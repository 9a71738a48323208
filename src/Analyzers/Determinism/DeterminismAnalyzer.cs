using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Weir.Analyzers.Determinism;

/// <summary>WEIR1001 to WEIR1009: what in operator code answers differently when a record is replayed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeterminismAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Rules.OfDeterminism];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.DeterministicAttribute") is { } deterministic)
            {
                var findings = new Lazy<ProjectFindings>(() => new ProjectFindings(start.Compilation, deterministic));
                start.RegisterSemanticModelAction(file =>
                {
                    foreach (var diagnostic in findings.Value.Of(file.SemanticModel.SyntaxTree, file.CancellationToken))
                    {
                        file.ReportDiagnostic(diagnostic);
                    }
                });
            }
        });
    }
}
