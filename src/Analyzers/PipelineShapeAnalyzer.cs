using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers;

/// <summary>WEIR0001: a method that is marked as a pipeline and cannot be one. Once, with all that stands against it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PipelineShapeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.PipelineMethodShape];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.PipelineAttribute") is not { } attribute)
            {
                return;
            }

            start.RegisterSymbolAction(
                symbol => Check((IMethodSymbol)symbol.Symbol, attribute, symbol.ReportDiagnostic), SymbolKind.Method);
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    var method = (node.SemanticModel.GetDeclaredSymbol(node.Node, node.CancellationToken)
                        ?? node.SemanticModel.GetSymbolInfo(node.Node, node.CancellationToken).Symbol) as IMethodSymbol;
                    if (method is not null)
                    {
                        Check(method, attribute, node.ReportDiagnostic);
                    }
                },
                SyntaxKind.LocalFunctionStatement,
                SyntaxKind.ParenthesizedLambdaExpression);
        });
    }

    private static void Check(IMethodSymbol method, INamedTypeSymbol attribute, Action<Diagnostic> report)
    {
        if (method.GetAttributes().FirstOrDefault(present =>
                SymbolEqualityComparer.Default.Equals(present.AttributeClass, attribute)) is { } marked
            && PipelineShape.FaultsOf(method) is { Length: > 0 } faults)
        {
            var place = method.MethodKind == MethodKind.AnonymousFunction ? marked.ApplicationSyntaxReference?.GetSyntax().GetLocation()
                : method.Locations.FirstOrDefault();
            report(Diagnostic.Create(Rules.PipelineMethodShape, place, NameOf(method), string.Join(", ", faults)));
        }
    }

    private static string NameOf(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.AnonymousFunction => "a lambda",
        MethodKind.PropertyGet or MethodKind.PropertySet => method.AssociatedSymbol?.Name ?? method.Name,
        _ => method.Name,
    };
}
