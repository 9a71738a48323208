using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>The collections that can be read and written, by name.</summary>
internal static class CollectionTypes
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";

    /// <summary>What is made of the items of a collection; null for any other type.</summary>
    public static CollectionForm? Find(INamedTypeSymbol type) => (TypeNames.Definition(type), type.TypeArguments.Length) switch
    {
        (Generic + "IEnumerable" or Generic + "IReadOnlyCollection" or Generic + "IReadOnlyList", 1) => CollectionForm.Array,
        (Generic + "List" or Generic + "IList" or Generic + "ICollection", 1) => CollectionForm.List,
        (Immutable + "ImmutableArray", 1) => CollectionForm.ImmutableArray,
        (Immutable + "ImmutableList" or Immutable + "IImmutableList", 1) => CollectionForm.ImmutableList,
        (Generic + "HashSet" or Generic + "ISet" or Generic + "IReadOnlySet", 1) => CollectionForm.HashSet,
        (Generic + "SortedSet", 1) => CollectionForm.SortedSet,
        (Immutable + "ImmutableHashSet" or Immutable + "IImmutableSet", 1) => CollectionForm.ImmutableHashSet,
        (Generic + "Dictionary" or Generic + "IDictionary" or Generic + "IReadOnlyDictionary", 2) => CollectionForm.Dictionary,
        (Generic + "SortedDictionary", 2) => CollectionForm.SortedDictionary,
        (Immutable + "ImmutableDictionary" or Immutable + "IImmutableDictionary", 2) => CollectionForm.ImmutableDictionary,
        _ => null,
    };

    /// <summary>
    /// Whether a type is not a collection at all: one that is, but is not listed here, would lose its items as an object.
    /// </summary>
    public static bool IsPlain(INamedTypeSymbol type) =>
        !type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);
}
