using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Attributed symbols in, closures of types out. What fails is left out: the analyzer tells of it.</summary>
internal static class CodecParser
{
    /// <summary>The types that a <c>[Pipeline]</c> method stores.</summary>
    public static EquatableArray<TypeModel> ParsePipeline(GeneratorAttributeSyntaxContext target, CancellationToken cancellation) => new(
        [.. StateTypeFinder.Find(target.TargetNode, target.SemanticModel, cancellation)
            .Select(static use => use.Type)
            .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)
            .SelectMany(type => TypeParser.Parse(type, target.SemanticModel.Compilation, cancellation).Types)
            .GroupBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static same => same.First())]);

    /// <summary>The types that a <c>[GenerateCodec]</c> type is made of.</summary>
    public static EquatableArray<TypeModel> ParseType(GeneratorAttributeSyntaxContext target, CancellationToken cancellation) =>
        TypeParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, cancellation).Types;
}
