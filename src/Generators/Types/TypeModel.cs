using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>
/// One type as it goes over the wire or into a row; its shape says how it is taken apart. Other types are referred to by name, so that
/// recursive types are plain values too.
/// </summary>
internal abstract record TypeModel
{
    /// <summary>The type itself.</summary>
    public required TypeRefModel Type { get; init; }

    public string Name => Type.Name;
}

/// <summary>A type with a codec of the user's own.</summary>
internal sealed record CustomTypeModel : TypeModel
{
    /// <summary>The codec's full name.</summary>
    public required string Codec { get; init; }
}

/// <summary>A closed hierarchy: a value of it is of exactly one of these types.</summary>
internal sealed record HierarchyTypeModel : TypeModel
{
    /// <summary>Its name in a schema and in messages: <c>Shop.Shape</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The names that it had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }

    /// <summary>The types, in ordinal order of their names.</summary>
    public required EquatableArray<CaseModel> Cases { get; init; }
}

/// <summary>A type of a closed hierarchy.</summary>
internal sealed record CaseModel
{
    /// <summary>What tells it from the others on the wire: its last name.</summary>
    public required string Name { get; init; }

    /// <summary>The names that it had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }

    /// <summary>The type.</summary>
    public required TypeRefModel Type { get; init; }
}

/// <summary>An enum.</summary>
internal sealed record EnumTypeModel : TypeModel
{
    /// <summary>Its name in a schema and in messages: <c>Shop.Colour</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The names that it had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }

    /// <summary>Its names in order of declaration.</summary>
    public required EquatableArray<EnumNameModel> Names { get; init; }

    /// <summary>The underlying number.</summary>
    public required TypeRefModel Number { get; init; }
}

/// <summary>A name of an enum.</summary>
internal sealed record EnumNameModel
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>The names that it had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }
}

/// <summary>
/// A type whose members are written in order and read into its constructor or, where <see cref="MemberModel.IsAssigned"/>, into the
/// members.
/// </summary>
internal sealed record ObjectTypeModel : TypeModel
{
    /// <summary>Its name in a schema and in messages: <c>Shop.Order</c>, <c>tuple</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The names that it had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }

    /// <summary>Whether a value of it may contain others of it, and so be nested without end.</summary>
    public required bool IsRecursive { get; init; }

    /// <summary>Whether it is a tuple.</summary>
    public required bool IsTuple { get; init; }

    /// <summary>Whether a value of it is of exactly this type.</summary>
    public required bool IsSealed { get; init; }

    /// <summary>The members in wire order.</summary>
    public required EquatableArray<MemberModel> Members { get; init; }

    /// <summary>The constructor's arguments.</summary>
    public required EquatableArray<ArgumentModel> Arguments { get; init; }
}

/// <summary>An argument of a constructor.</summary>
internal sealed record ArgumentModel
{
    /// <summary>The member that it is, by position; null for an ignored one, which gets its default.</summary>
    public required int? Member { get; init; }
}

/// <summary>A <c>Nullable</c>.</summary>
internal sealed record NullableTypeModel : TypeModel
{
    /// <summary>What it holds.</summary>
    public required TypeRefModel Item { get; init; }
}

/// <summary>A collection.</summary>
internal abstract record CollectionTypeModel : TypeModel
{
    /// <summary>What is made of the items.</summary>
    public required CollectionForm Form { get; init; }
}

/// <summary>A list or an array.</summary>
internal sealed record SequenceTypeModel : CollectionTypeModel
{
    /// <summary>What it holds.</summary>
    public required TypeRefModel Item { get; init; }
}

/// <summary>An array of several dimensions.</summary>
internal sealed record GridTypeModel : TypeModel
{
    /// <summary>What it holds.</summary>
    public required TypeRefModel Item { get; init; }

    /// <summary>The number of dimensions.</summary>
    public required int Rank { get; init; }
}

/// <summary>A set.</summary>
internal sealed record SetTypeModel : CollectionTypeModel
{
    /// <summary>What it holds.</summary>
    public required TypeRefModel Item { get; init; }
}

/// <summary>A dictionary.</summary>
internal sealed record MapTypeModel : CollectionTypeModel
{
    /// <summary>Its keys.</summary>
    public required TypeRefModel Key { get; init; }

    /// <summary>Its values.</summary>
    public required TypeRefModel Value { get; init; }
}

/// <summary>What is made of the items of a collection that was read.</summary>
internal enum CollectionForm
{
    Array,
    List,
    ImmutableArray,
    ImmutableList,
    HashSet,
    SortedSet,
    ImmutableHashSet,
    Dictionary,
    SortedDictionary,
    ImmutableDictionary,
    Queue,
    Stack,
    LinkedList,
    Collection,
    ObservableCollection,
    ReadOnlyCollection,
    ConcurrentQueue,
    ConcurrentStack,
    ImmutableQueue,
    ImmutableStack,
    ImmutableSortedSet,
    FrozenSet,
    SortedList,
    ImmutableSortedDictionary,
    FrozenDictionary,
    ConcurrentDictionary,
}
