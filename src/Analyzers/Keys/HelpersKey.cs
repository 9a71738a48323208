using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Keys;

/// <summary>The key by which a generic method of the project groups a stream that it is given: only its caller knows the type.</summary>
internal static class HelpersKey
{
    private const int MaxDepth = 4;

    public static ITypeSymbol? Of(IInvocationOperation call, OperationAnalysisContext context)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (method.TypeArguments.IsEmpty || method.DeclaringSyntaxReferences.IsEmpty || !TakesStream(method))
        {
            return null;
        }

        return KeyIn(method.OriginalDefinition, context, 0) is { } key
            && call.TargetMethod.TypeArguments[key.Ordinal] is not ITypeParameterSymbol and var given
                ? given
                : null;
    }

    private static bool TakesStream(IMethodSymbol method) => method.Parameters.Any(static parameter =>
        parameter.Type is INamedTypeSymbol named && MemberUse.FullName(named) is "Weir.Stream" or "Weir.Job");

    private static ITypeParameterSymbol? KeyIn(IMethodSymbol method, OperationAnalysisContext context, int depth)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences.Select(part => part.GetSyntax(context.CancellationToken)))
        {
#pragma warning disable RS1030 // The method may stand in another file than its call.
            var body = context.Compilation.GetSemanticModel(declaration.SyntaxTree).GetOperation(declaration, context.CancellationToken);
#pragma warning restore RS1030
            foreach (var inner in body?.DescendantsAndSelf().OfType<IInvocationOperation>() ?? [])
            {
                if (KeyTypeAnalyzer.KeyOf(inner) is ITypeParameterSymbol key && IsOf(key, method))
                {
                    return key;
                }

                // A helper of the helper.
                var next = (inner.TargetMethod.ReducedFrom ?? inner.TargetMethod).OriginalDefinition;
                if (depth < MaxDepth && !next.TypeParameters.IsEmpty && !next.DeclaringSyntaxReferences.IsEmpty && TakesStream(next)
                    && KeyIn(next, context, depth + 1) is { } further
                    && inner.TargetMethod.TypeArguments[further.Ordinal] is ITypeParameterSymbol passed && IsOf(passed, method))
                {
                    return passed;
                }
            }
        }

        return null;
    }

    private static bool IsOf(ITypeParameterSymbol parameter, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method);
}
