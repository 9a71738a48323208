using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Finds the types that a pipeline's records, keys and accumulators have: all that may cross an exchange or enter state.</summary>
internal static class StateTypeFinder
{
    /// <summary>
    /// The types in order of their place in the text; a type comes once for each place. What a helper method does with a stream is not
    /// followed.
    /// </summary>
    public static IEnumerable<StateTypeUse> Find(SyntaxNode pipeline, SemanticModel semantics, CancellationToken cancellation)
    {
        foreach (var call in pipeline.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { ReturnType: var result } method)
            {
                continue;
            }

            foreach (var type in OfStream(result).Concat(Accumulators(method)).Concat(Kept(method)))
            {
                if (!type.IsAnonymousType && type.TypeKind is not (TypeKind.Error or TypeKind.TypeParameter))
                {
                    yield return new StateTypeUse(type, call, MustBeStored(method, result));
                }
            }
        }
    }

    private static ImmutableArray<ITypeSymbol> OfStream(ITypeSymbol type) =>
        type is INamedTypeSymbol named && TypeNames.Definition(named) is "Weir.Stream" or "Weir.KeyedStream"
            ? ((INamedTypeSymbol)type).TypeArguments : [];

    private static IEnumerable<ITypeSymbol> Accumulators(IMethodSymbol method) => method.Parameters
        .Select(static parameter => parameter.Type)
        .OfType<INamedTypeSymbol>()
        .Where(static type => TypeNames.Definition(type) == "Weir.IAggregate")
        .Select(static type => type.TypeArguments[1]);

    // What an aggregate keeps for a LINQ call: the record of First, the key of MinBy, the fold of Aggregate.
    private static ImmutableArray<ITypeSymbol> Kept(IMethodSymbol method) =>
        TypeNames.Definition(method.ContainingType) == "System.Linq.Enumerable" ? method.TypeArguments : [];

    // Records of other streams are stored only where parallelism changes or the stream branches, which the pipeline's plan knows.
    private static bool MustBeStored(IMethodSymbol method, ITypeSymbol result) =>
        result is INamedTypeSymbol named && TypeNames.Definition(named) == "Weir.KeyedStream" || method.Name is "Rebalance" or "Union"
            || Accumulators(method).Any();
}

/// <summary>A type that a verb makes part of the stream or of state.</summary>
/// <param name="Type">The type.</param>
/// <param name="Call">The verb's call.</param>
/// <param name="MustBeStored">Whether the pipeline cannot do without its codec.</param>
internal sealed record StateTypeUse(ITypeSymbol Type, InvocationExpressionSyntax Call, bool MustBeStored);
