using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>The runtime's codecs of collections and nullables, specialised on a type.</summary>
internal static class CollectionCodecText
{
    /// <summary>
    /// For example <c>new SequenceCodec&lt;List&lt;int&gt;, int&gt;(static items => …)</c>; null for what needs a class of its own.
    /// </summary>
    public static string? Of(TypeModel type) => type switch
    {
        NullableTypeModel nullable => $"new global::Weir.Wire.NullableCodec<{nullable.Item.Name}>()",
        SequenceTypeModel list => $"new global::Weir.Wire.SequenceCodec<{type.Name}, {list.Item.Name}>(static items => {Make(list)})",
        SetTypeModel set => $"new global::Weir.Wire.SetCodec<{type.Name}, {set.Item.Name}>(static items => {Make(set)})",
        MapTypeModel map => $"new global::Weir.Wire.MapCodec<{type.Name}, {map.Key.Name}, {map.Value.Name}>(static items => {Make(map)})",
        _ => null,
    };

    /// <summary>
    /// The expression that makes a collection of <c>items</c>: an array, or for maps a dictionary, that is nobody else's.
    /// </summary>
    public static string Make(CollectionTypeModel type)
    {
        var parts = type switch
        {
            SequenceTypeModel list => list.Item.Name,
            SetTypeModel set => set.Item.Name,
            MapTypeModel map => $"{map.Key.Name}, {map.Value.Name}",
            _ => throw new InvalidOperationException($"There is no text for a {type.GetType().Name}."),
        };
        return type.Form switch
        {
            CollectionForm.List => $"new global::System.Collections.Generic.List<{parts}>(items)",
            CollectionForm.HashSet => $"new global::System.Collections.Generic.HashSet<{parts}>(items)",
            CollectionForm.SortedSet => $"new global::System.Collections.Generic.SortedSet<{parts}>(items)",
            CollectionForm.SortedDictionary => $"new global::System.Collections.Generic.SortedDictionary<{parts}>(items)",
            CollectionForm.ImmutableArray => "global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items)",
            CollectionForm.ImmutableList => "global::System.Collections.Immutable.ImmutableList.CreateRange(items)",
            CollectionForm.ImmutableHashSet => "global::System.Collections.Immutable.ImmutableHashSet.CreateRange(items)",
            CollectionForm.ImmutableDictionary => "global::System.Collections.Immutable.ImmutableDictionary.CreateRange(items)",
            _ => "items",
        };
    }
}
