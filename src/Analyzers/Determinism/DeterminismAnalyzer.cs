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
                var code = new OnceRead(start.Compilation, deterministic);
                start.RegisterSemanticModelAction(file =>
                {
                    foreach (var diagnostic in code.Get(file.CancellationToken)[file.SemanticModel.SyntaxTree])
                    {
                        file.ReportDiagnostic(diagnostic);
                    }
                });
            }
        });
    }

    /// <summary>The whole project is read once a compilation, by whichever file comes first; a cancelled reading is begun anew.</summary>
    private sealed class OnceRead(Compilation compilation, INamedTypeSymbol deterministic)
    {
        private readonly object _gate = new();
        private ILookup<SyntaxTree, Diagnostic>? _read;

        public ILookup<SyntaxTree, Diagnostic> Get(CancellationToken cancellation)
        {
            lock (_gate)
            {
                return _read ??= OperatorCode.Read(compilation, deterministic, cancellation);
            }
        }
    }
}
