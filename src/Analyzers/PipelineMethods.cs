using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Weir.Analyzers;

/// <summary>Leads analyzers to the <c>[Pipeline]</c> methods of a compilation, and to nothing else.</summary>
internal static class PipelineMethods
{
    public static void Register(AnalysisContext context, Action<SyntaxNodeAnalysisContext, MethodDeclarationSyntax, IMethodSymbol> analyze)
    {
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.PipelineAttribute") is not { } attribute)
            {
                return;
            }

            start.RegisterSyntaxNodeAction(
                node =>
                {
                    var declaration = (MethodDeclarationSyntax)node.Node;
                    if (declaration.AttributeLists.Count > 0
                        && node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken) is { } method
                        && method.GetAttributes().Any(present => SymbolEqualityComparer.Default.Equals(present.AttributeClass, attribute)))
                    {
                        analyze(node, declaration, method);
                    }
                },
                SyntaxKind.MethodDeclaration);
        });
    }
}
