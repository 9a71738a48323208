using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Attributed symbols in, closures of types out. What fails is left out: the analyzer tells of it.</summary>
internal static class CodecParser
{
    /// <summary>The types that a <c>[Pipeline]</c> method stores.</summary>
    public static FoundTypesModel ParsePipeline(GeneratorAttributeSyntaxContext target, CancellationToken cancellation) =>
        Guarded(target, () => StateTypeFinder.Find(target.TargetNode, target.SemanticModel, cancellation).Select(static use => use.Type),
            cancellation);

    /// <summary>The types that a <c>[GenerateCodec]</c> type is made of.</summary>
    public static FoundTypesModel ParseType(GeneratorAttributeSyntaxContext target, CancellationToken cancellation) =>
        Guarded(target, () => target.TargetSymbol is INamedTypeSymbol type ? [type] : [], cancellation);

    // A type that we fail on costs its own codec alone.
    private static FoundTypesModel Guarded(
        GeneratorAttributeSyntaxContext target, Func<IEnumerable<ITypeSymbol>> find, CancellationToken cancellation)
    {
        var types = new List<TypeModel>();
        GeneratorBugModel? bug = null;
        try
        {
            foreach (var type in find().Distinct<ITypeSymbol>(SymbolEqualityComparer.Default))
            {
                try
                {
                    types.AddRange(TypeParser.Parse(type, target.SemanticModel.Compilation, cancellation).Types);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    bug ??= GeneratorBugModel.OfType(
                        failure, TypeNames.Label(type), "it has no codec but one that you register", target.TargetNode);
                }
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            bug = GeneratorBugModel.OfType(
                failure, target.TargetSymbol.Name, "its types have no codecs but those that you register", target.TargetNode);
        }

        return new FoundTypesModel
        {
            Types = new([.. types.GroupBy(static type => type.Name, StringComparer.Ordinal).Select(static same => same.First())]),
            Bug = bug,
        };
    }
}
