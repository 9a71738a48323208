using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>
/// One type as it goes over the wire or into a row. Other types are referred to by name, so that recursive types are plain values too.
/// </summary>
/// <param name="Type">The type itself.</param>
/// <param name="Label">Its name in a schema and in messages: <c>Shop.Order</c>, <c>tuple</c>, <c>list</c>.</param>
/// <param name="Shape">How it is taken apart.</param>
/// <param name="Form">For collections, what is made of the items.</param>
/// <param name="IsSealed">Whether a value of it is of exactly this type.</param>
/// <param name="Members">For objects, the members in wire order.</param>
/// <param name="Arguments">For objects, the constructor's arguments by member index; -1 for the default of an ignored member.</param>
/// <param name="Parts">The underlying type, the item, or key and value.</param>
internal sealed record TypeModel(
    TypeRefModel Type,
    string Label,
    TypeShape Shape,
    CollectionForm Form,
    bool IsSealed,
    EquatableArray<MemberModel> Members,
    EquatableArray<int> Arguments,
    EquatableArray<TypeRefModel> Parts)
{
    public string Name => Type.Name;

    public bool IsTuple => Shape == TypeShape.Object && Label == "tuple";

    /// <summary>
    /// A type whose members are written in order and read into its constructor or, where <see cref="MemberModel.IsAssigned"/>, into the
    /// members.
    /// </summary>
    public static TypeModel Object(TypeRefModel type, string label, bool isSealed, MemberModel[] members, int[] arguments) =>
        new(type, label, TypeShape.Object, CollectionForm.None, isSealed, new(members), new(arguments), new([]));

    public static TypeModel Of(TypeRefModel type, string label, TypeShape shape, CollectionForm form, params TypeRefModel[] parts) =>
        new(type, label, shape, form, IsSealed: true, new([]), new([]), new(parts));
}

/// <summary>How a type is taken apart.</summary>
internal enum TypeShape
{
    Enum,
    Object,
    Nullable,
    Sequence,
    Set,
    Map,
}

/// <summary>What is made of the items of a collection that was read.</summary>
internal enum CollectionForm
{
    None,
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
}
