using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>Finds the calls that read or write rows, and the types of these.</summary>
internal static class RowCalls
{
    /// <summary>
    /// Whether a node may be the name of one of our methods with its types, called or passed on, or a call that leaves them to be inferred.
    /// Looks at the text alone.
    /// </summary>
    public static bool MayBe(SyntaxNode node) => node switch
    {
        GenericNameSyntax name => IsGeneric(name),
        InvocationExpressionSyntax call => MessageTypes.MayBeInferred(call),
        _ => false,
    };

    /// <summary>The types that a node names or leaves to be inferred; none if it is none of ours.</summary>
    public static IEnumerable<RowDemand> DemandsOf(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(node, cancellation).Symbol is not IMethodSymbol { TypeArguments.Length: > 0 } method
            || !CompilerNeeds.UnderstandsLanguage(node.SyntaxTree.Options))
        {
            return [];
        }

        var found = KindOf(method) is { } kind ? [new RowDemand(method.TypeArguments[0], kind)] : MessageTypes.Of(node, method);
        return found.Where(static demand => demand.Type.TypeKind != TypeKind.Error);
    }

    /// <summary>Where a failure is shown.</summary>
    public static SyntaxNode NameOf(SyntaxNode node) => node is InvocationExpressionSyntax call ? MessageTypes.NameOf(call) ?? node : node;

    private static bool IsGeneric(GenericNameSyntax name) => name.TypeArgumentList.Arguments.Count switch
    {
        1 => name.Identifier.ValueText is "Read" or "Csv" or "JsonLines" or "Write" or "Upsert" or "UpsertChanges"
            || MessageTypes.MayBeNamed(name),
        2 => MessageTypes.MayBeNamed(name),
        _ => false,
    };

    private static RowKind? KindOf(IMethodSymbol method) => (TypeNames.Definition(method.ContainingType), method.Name) switch
    {
        ("Weir.Csv", "Read") or ("Weir.Files", "Csv") => RowKind.Csv,
        ("Weir.JsonLines", "Read") or ("Weir.Files", "JsonLines") => RowKind.Json,
        ("Weir.Postgres" or "Weir.MySql" or "Weir.AdoNet", "Write" or "Upsert" or "UpsertChanges")
            when !NamesColumns(method) => RowKind.Columns,
        _ => null,
    };

    // Whoever says which columns there are needs no others.
    private static bool NamesColumns(IMethodSymbol method) => method.Parameters.Any(static parameter => parameter.Name == "columns");
}
