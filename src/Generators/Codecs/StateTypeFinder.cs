using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
        foreach (var call in pipeline.DescendantNodes().Where(static node =>
            node is InvocationExpressionSyntax or SelectClauseSyntax or GroupClauseSyntax or QueryClauseSyntax))
        {
            foreach (var use in OfCall(call, semantics, cancellation))
            {
                yield return use;
            }
        }
    }

    /// <summary>
    /// Whether a call outside of <c>[Pipeline]</c> methods may store something, by its text alone: a verb that moves records between
    /// subtasks or keeps state, or a demand for a codec.
    /// </summary>
    public static bool MayStore(SyntaxNode node) => node is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax
        {
            Name: IdentifierNameSyntax { Identifier.ValueText: "KeyBy" or "GroupBy" or "Rebalance" or "Union" or "Aggregate" }
                or GenericNameSyntax
            {
                Identifier.ValueText: "KeyBy" or "GroupBy" or "Rebalance" or "Union" or "Aggregate" or "Of" or "Find"
            },
        },
    } && !IsInPipeline(node);

    /// <summary>What such a call stores, as far as its types are known.</summary>
    public static IEnumerable<StateTypeUse> OutsidePipelines(
        InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { ContainingType: { } owner } method)
        {
            return [];
        }

        return (TypeNames.Definition(owner), method.Name) switch
        {
            ("Weir.StreamVerbs", "Aggregate") => call.DescendantNodesAndSelf(node => node != call.Expression)
                .OfType<InvocationExpressionSyntax>().SelectMany(inner => OfCall(inner, semantics, cancellation)),
            ("Weir.StreamVerbs", _) => OfCall(call, semantics, cancellation).Where(static use => use.MustBeStored),
            ("Weir.Codecs", "Of" or "Find") => method.TypeArguments.Where(static type => !HasTypeParameter(type))
                .Select(type => new StateTypeUse(type, call, MustBeStored: true)),
            _ => [],
        };
    }

    private static bool IsInPipeline(SyntaxNode node) => node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute =>
            (attribute.Name is QualifiedNameSyntax { Right: var right } ? right : attribute.Name).ToString() is "Pipeline"
                or "PipelineAttribute");

    private static bool HasTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => HasTypeParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasTypeParameter)
            || (named.ContainingType is { } outer && HasTypeParameter(outer)),
        _ => false,
    };

    private static IEnumerable<StateTypeUse> OfCall(
        SyntaxNode call, SemanticModel semantics, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var symbol = call is QueryClauseSyntax clause ? semantics.GetQueryClauseInfo(clause, cancellation).OperationInfo.Symbol
            : semantics.GetSymbolInfo(call, cancellation).Symbol;
        if (symbol is not IMethodSymbol { ReturnType: var result } method)
        {
            yield break;
        }

        foreach (var type in OfStream(result).Concat(Accumulators(method)).Concat(Kept(method)))
        {
            if (!type.IsAnonymousType && type.TypeKind != TypeKind.Error && !HasTypeParameter(type))
            {
                yield return new StateTypeUse(type, call, MustBeStored(method, result));
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
internal sealed record StateTypeUse(ITypeSymbol Type, SyntaxNode Call, bool MustBeStored);
