using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Attributed symbols in, closures of types out. What fails is left out: the analyzer tells of it.</summary>
internal static class CodecParser
{
    /// <summary>The types that a <c>[Pipeline]</c> method stores.</summary>
    public static FoundTypesModel ParsePipeline(SyntaxNode node, ISymbol symbol, SemanticModel semantics, CancellationToken cancellation) =>
        Guarded(node, symbol.Name, semantics, () => StateTypeFinder.Find(node, semantics, cancellation).Select(static use => use.Type),
            cancellation);

    /// <summary>The types that a <c>[GenerateCodec]</c> type is made of.</summary>
    public static FoundTypesModel ParseType(SyntaxNode node, ISymbol symbol, SemanticModel semantics, CancellationToken cancellation) =>
        Guarded(node, symbol.Name, semantics, () => symbol is INamedTypeSymbol type ? [type] : [], cancellation);

    /// <summary>The types that a call outside of <c>[Pipeline]</c> methods stores.</summary>
    public static FoundTypesModel ParseCall(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation) =>
        Guarded(call, (call as InvocationExpressionSyntax)?.Expression.ToString() ?? call.ToString(), semantics, () => StateTypeFinder
            .OutsidePipelines(call, semantics, cancellation).Select(static use => use.Type), cancellation);

    // A type that we fail on costs its own codec alone.
    private static FoundTypesModel Guarded(
        SyntaxNode node, string name, SemanticModel semantics, Func<IEnumerable<ITypeSymbol>> find, CancellationToken cancellation)
    {
        var types = new List<TypeModel>();
        GeneratorBugModel? bug = null;
        try
        {
            Faults.At($"the types of '{name}'");

            // What the compiler would not understand is not written; a rule says so.
            var isWritten = CompilerNeeds.UnderstandsLanguage(node.SyntaxTree.Options);
            foreach (var type in (isWritten ? find() : []).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)
                .Where(static type => !type.IsAnonymousType))
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
            Bug = bug,
        };
    }
}
