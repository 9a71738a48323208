using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Weir.Analyzers;

/// <summary>Leads analyzers to the <c>[Pipeline]</c> methods of a compilation, and to nothing else.</summary>
internal static class PipelineMethods
{
    /// <summary>Leads there, and to nothing else.</summary>
    public static void Register(
        AnalysisContext context, Action<SyntaxNodeAnalysisContext, MethodDeclarationSyntax, IMethodSymbol> analyze) =>
        RegisterStart(context, (start, attribute) => Register(start, attribute, analyze));

    /// <summary>Begins an analysis of a compilation that knows the attribute.</summary>
    public static void RegisterStart(AnalysisContext context, Action<CompilationStartAnalysisContext, INamedTypeSymbol> analyze) =>
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.PipelineAttribute") is { } attribute)
            {
                analyze(start, attribute);
            }
        });

    /// <summary>Leads there within an analysis that has begun.</summary>
    public static void Register(
        CompilationStartAnalysisContext start,
        INamedTypeSymbol attribute,
        Action<SyntaxNodeAnalysisContext, MethodDeclarationSyntax, IMethodSymbol> analyze) =>
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
}
