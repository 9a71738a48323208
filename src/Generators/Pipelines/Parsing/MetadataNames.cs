using System.Text;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Names that the compiler makes of types, and how long they may be.</summary>
internal static class MetadataNames
{
    // The compiler allows 1,023 bytes; "Weir.Runtime.State.Tables.IKeyFunctor<…>.AreEqual" takes 50 of them.
    private const int MaxKey = 960;

    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.ExpandNullable | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    /// <summary>
    /// Why a type cannot be the key of a table in generated code; null if it can. Methods that take keys by <c>in</c> are implemented under
    /// the name of their interface, which holds the full name of the key.
    /// </summary>
    public static Refusal? RefuseKey(ITypeSymbol key) => Encoding.UTF8.GetByteCount(key.ToDisplayString(Format)) > MaxKey
        ? new Refusal(
            "the full name of its key is longer than a name in an assembly may be",
            "give the key a shorter name, or declare a record for it")
        : null;
}
