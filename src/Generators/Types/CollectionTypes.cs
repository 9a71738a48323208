using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>The collections that can be read and written, by name.</summary>
internal static class CollectionTypes
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";

    /// <summary>What a collection is on the wire; null for any other type.</summary>
    public static CollectionModel? Find(INamedTypeSymbol type) => (TypeNames.Definition(type), type.TypeArguments.Length) switch
    {
        (Generic + "IEnumerable" or Generic + "IReadOnlyCollection" or Generic + "IReadOnlyList", 1) => List(CollectionForm.Array),
        (Generic + "List" or Generic + "IList" or Generic + "ICollection", 1) => List(CollectionForm.List),
        (Immutable + "ImmutableArray", 1) => List(CollectionForm.ImmutableArray),
        (Immutable + "ImmutableList" or Immutable + "IImmutableList", 1) => List(CollectionForm.ImmutableList),
        (Generic + "HashSet" or Generic + "ISet" or Generic + "IReadOnlySet", 1) => Set(CollectionForm.HashSet),
        (Generic + "SortedSet", 1) => Set(CollectionForm.SortedSet),
        (Immutable + "ImmutableHashSet" or Immutable + "IImmutableSet", 1) => Set(CollectionForm.ImmutableHashSet),
        (Generic + "Dictionary" or Generic + "IDictionary" or Generic + "IReadOnlyDictionary", 2) => Map(CollectionForm.Dictionary),
        (Generic + "SortedDictionary", 2) => Map(CollectionForm.SortedDictionary),
        (Immutable + "ImmutableDictionary" or Immutable + "IImmutableDictionary", 2) => Map(CollectionForm.ImmutableDictionary),
        _ => null,
    };

    /// <summary>
    /// Whether a type is not a collection at all: one that is, but is not listed here, would lose its items as an object.
    /// </summary>
    public static bool IsPlain(INamedTypeSymbol type) =>
        !type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static CollectionModel List(CollectionForm form) => new("list", TypeShape.Sequence, form);

    private static CollectionModel Set(CollectionForm form) => new("set", TypeShape.Set, form);

    private static CollectionModel Map(CollectionForm form) => new("map", TypeShape.Map, form);
}

/// <summary>What a collection is on the wire, and what is made of its items again.</summary>
internal sealed record CollectionModel(string Label, TypeShape Shape, CollectionForm Form);
