using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Attributed symbols in, closures of types out. What fails is left out: the analyzer tells of it.</summary>
internal static class CodecParser
{
    /// <summary>The types that a <c>[Pipeline]</c> method stores.</summary>
    public static FoundTypesModel ParsePipeline(SyntaxNode node, ISymbol symbol, SemanticModel semantics, CancellationToken cancellation) =>
        Guarded(node, symbol.Name, semantics, () => StateTypeFinder.Find(node, semantics, cancellation), cancellation);

    /// <summary>The types that a <c>[GenerateCodec]</c> type is made of.</summary>
    public static FoundTypesModel ParseType(SyntaxNode node, ISymbol symbol, SemanticModel semantics, CancellationToken cancellation) =>
        ParseTypes(node, symbol.Name, symbol is INamedTypeSymbol type ? [type] : [], null, semantics, cancellation);

    /// <summary>The types that a call outside of <c>[Pipeline]</c> methods stores.</summary>
    public static FoundTypesModel ParseCall(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation) =>
        Guarded(call, (call as InvocationExpressionSyntax)?.Expression.ToString() ?? call.ToString(), semantics, () => StateTypeFinder
            .OutsidePipelines(call, semantics, cancellation), cancellation);

    /// <summary>Types that somebody else has found, and a class with state among whose ancestors there may be generic ones.</summary>
    public static FoundTypesModel ParseTypes(
        SyntaxNode node, string name, IEnumerable<ITypeSymbol> types, ITypeSymbol? keeper, SemanticModel semantics,
        CancellationToken cancellation) => Guarded(
            node,
            name,
            semantics,
            () => types.Select(type => new StateTypeUse(type, node, CodecNeed.Stored))
                .Concat(keeper is null ? [] : [new StateTypeUse(keeper, node, CodecNeed.Keeper)]),
            cancellation);

    // A type that we fail on costs its own codec alone.
    private static FoundTypesModel Guarded(
        SyntaxNode node, string name, SemanticModel semantics, Func<IEnumerable<StateTypeUse>> find, CancellationToken cancellation)
    {
        var types = new List<TypeModel>();
        var constructions = new List<StateConstructionModel>();
        GeneratorBugModel? bug = null;
        try
        {
            Faults.At($"the types of '{name}'");

            // What the compiler would not understand is not written; a rule says so.
            var uses = CompilerNeeds.UnderstandsLanguage(node.SyntaxTree.Options) ? find().ToArray() : [];
            constructions.AddRange(uses.Where(static use => use.Need == CodecNeed.Keeper)
                .SelectMany(use => StateClassParser.ConstructionsOf(use.Type, semantics.Compilation)).Distinct());
            foreach (var type in uses.Where(static use => use.Need != CodecNeed.Keeper).Select(static use => use.Type)
                .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default).Where(static type => !type.IsAnonymousType))
            {
                try
                {
                    Faults.At($"the type '{TypeNames.Label(type)}' of '{name}'");
                    types.AddRange(TypeParser.Parse(type, semantics.Compilation, cancellation).Types);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    bug ??= GeneratorBugModel.OfType(
                        failure, TypeNames.Label(type), "it has no codec but one that you register", node);
                }
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            bug = GeneratorBugModel.OfType(
                failure, name, "its types have no codecs but those that you register", node);
        }

        return new FoundTypesModel
        {
            Types = new([.. types.GroupBy(static type => type.Name, StringComparer.Ordinal).Select(static same => same.First())]),
            Constructions = new([.. constructions]),
            Bug = bug,
        };
    }
}
