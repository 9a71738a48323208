using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>The runtime's codecs of collections and nullables, specialised on a type.</summary>
internal static class CollectionCodecText
{
    /// <summary>
    /// For example <c>new SequenceCodec&lt;List&lt;int&gt;, int&gt;(static items => …)</c>; null for what needs a class of its own.
    /// </summary>
    public static string? Of(TypeModel type) => type.Shape switch
    {
        TypeShape.Nullable => $"new global::Weir.Wire.NullableCodec<{type.Parts[0].Name}>()",
        TypeShape.Sequence => $"new global::Weir.Wire.SequenceCodec<{type.Name}, {type.Parts[0].Name}>(static items => {Make(type)})",
        TypeShape.Set => $"new global::Weir.Wire.SetCodec<{type.Name}, {type.Parts[0].Name}>(static items => {Make(type)})",
        TypeShape.Map => $"new global::Weir.Wire.MapCodec<{type.Name}, {type.Parts[0].Name}, {type.Parts[1].Name}>(static items => "
            + $"{Make(type)})",
        _ => null,
    };

    /// <summary>
    /// The expression that makes a collection of <c>items</c>: an array, or for maps a dictionary, that is nobody else's.
    /// </summary>
    public static string Make(TypeModel type)
    {
        var parts = string.Join(", ", type.Parts.Select(static part => part.Name));
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
