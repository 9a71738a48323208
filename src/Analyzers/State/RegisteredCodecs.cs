using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Types;

namespace Weir.Analyzers.State;

/// <summary>Finds the codecs that a project registers by hand.</summary>
internal static class RegisteredCodecs
{
    /// <summary>Whether some call of <c>Codecs.Register</c> in the project is for a type.</summary>
    public static bool Contain(ITypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var call in tree.GetRoot(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(static call => NameOf(call) == "Register"))
            {
#pragma warning disable RS1030 // Any file may register it; looked for only where an error would be reported otherwise.
                var semantics = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
                if (semantics.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { TypeArguments: [var registered] } method
                    && TypeNames.Definition(method.ContainingType) == "Weir.Codecs"
                    && (SymbolEqualityComparer.Default.Equals(registered, type) || !TypeArguments.IsClosed(registered)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
