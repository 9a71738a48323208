using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>The collections that can be read and written, by name.</summary>
internal static class CollectionTypes
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Model = "System.Collections.ObjectModel.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Frozen = "System.Collections.Frozen.";

    /// <summary>What is made of the items of a collection; null for any other type.</summary>
    public static CollectionForm? Find(INamedTypeSymbol type) => Common(type) ?? Other(type);

    private static CollectionForm? Other(INamedTypeSymbol type) => (TypeNames.Definition(type), type.TypeArguments.Length) switch
    {
        (Generic + "Queue", 1) => CollectionForm.Queue,
        (Generic + "Stack", 1) => CollectionForm.Stack,
        (Generic + "LinkedList", 1) => CollectionForm.LinkedList,
        (Generic + "SortedList", 2) => CollectionForm.SortedList,
        (Model + "Collection", 1) => CollectionForm.Collection,
        (Model + "ObservableCollection", 1) => CollectionForm.ObservableCollection,
        (Model + "ReadOnlyCollection", 1) => CollectionForm.ReadOnlyCollection,
        (Concurrent + "ConcurrentQueue", 1) => CollectionForm.ConcurrentQueue,
        (Concurrent + "ConcurrentStack", 1) => CollectionForm.ConcurrentStack,
        (Concurrent + "ConcurrentDictionary", 2) => CollectionForm.ConcurrentDictionary,
        (Immutable + "ImmutableQueue", 1) => CollectionForm.ImmutableQueue,
        (Immutable + "ImmutableStack", 1) => CollectionForm.ImmutableStack,
        (Immutable + "ImmutableSortedSet", 1) => CollectionForm.ImmutableSortedSet,
        (Immutable + "ImmutableSortedDictionary", 2) => CollectionForm.ImmutableSortedDictionary,
        (Frozen + "FrozenSet", 1) => CollectionForm.FrozenSet,
        (Frozen + "FrozenDictionary", 2) => CollectionForm.FrozenDictionary,
        _ => null,
    };

    /// <summary>What rows know, too.</summary>
    public static CollectionForm? Common(INamedTypeSymbol type) => (TypeNames.Definition(type), type.TypeArguments.Length) switch
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

    /// <summary>The class to name in place of an interface that lets its users change what stands behind it; null for any other.</summary>
    public static string? ClassFor(INamedTypeSymbol type) => (TypeNames.Definition(type), type.TypeArguments.Length) switch
    {
        (Generic + "IEnumerable" or Generic + "IList" or Generic + "ICollection", 1) => "List",
        (Generic + "ISet", 1) => "HashSet",
        (Generic + "IDictionary", 2) => "Dictionary",
        _ => null,
    };

    /// <summary>
    /// Whether a type is not a collection at all: one that is, but is not listed here, would lose its items as an object.
    /// </summary>
    public static bool IsPlain(INamedTypeSymbol type) =>
        !type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);
}
