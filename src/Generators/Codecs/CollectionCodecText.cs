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
        CustomTypeModel custom => $"new {custom.Codec}()",
        GridTypeModel grid => FormattableString.Invariant(
            $"new global::Weir.Wire.GridCodec<{grid.Name}, {grid.Item.Name}>({grid.Rank}, static lengths => {Grid(grid)})"),
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
            CollectionForm.Queue => $"new global::System.Collections.Generic.Queue<{parts}>(items)",
            CollectionForm.LinkedList => $"new global::System.Collections.Generic.LinkedList<{parts}>(items)",
            CollectionForm.SortedList => $"new global::System.Collections.Generic.SortedList<{parts}>(items)",
            CollectionForm.Collection or CollectionForm.ReadOnlyCollection =>
                $"new global::System.Collections.ObjectModel.{type.Form}<{parts}>("
                    + $"new global::System.Collections.Generic.List<{parts}>(items))",
            CollectionForm.ObservableCollection => $"new global::System.Collections.ObjectModel.ObservableCollection<{parts}>(items)",
            CollectionForm.ConcurrentQueue or CollectionForm.ConcurrentDictionary =>
                $"new global::System.Collections.Concurrent.{type.Form}<{parts}>(items)",

            // Stacks enumerate from their top, and are filled from their bottom.
            CollectionForm.Stack => $"new global::System.Collections.Generic.Stack<{parts}>({Reversed(parts)})",
            CollectionForm.ConcurrentStack => $"new global::System.Collections.Concurrent.ConcurrentStack<{parts}>({Reversed(parts)})",
            CollectionForm.ImmutableStack => $"global::System.Collections.Immutable.ImmutableStack.CreateRange({Reversed(parts)})",
            CollectionForm.ImmutableQueue or CollectionForm.ImmutableSortedSet or CollectionForm.ImmutableSortedDictionary =>
                $"global::System.Collections.Immutable.{type.Form}.CreateRange(items)",
            CollectionForm.FrozenSet => "global::System.Collections.Frozen.FrozenSet.ToFrozenSet(items)",
            CollectionForm.FrozenDictionary => "global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(items)",
            CollectionForm.ImmutableArray => "global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items)",
            CollectionForm.ImmutableList => "global::System.Collections.Immutable.ImmutableList.CreateRange(items)",
            CollectionForm.ImmutableHashSet => "global::System.Collections.Immutable.ImmutableHashSet.CreateRange(items)",
            CollectionForm.ImmutableDictionary => "global::System.Collections.Immutable.ImmutableDictionary.CreateRange(items)",
            _ => "items",
        };
    }

    private static string Reversed(string item) => $"global::System.Linq.Enumerable.Reverse<{item}>(items)";

    // The lengths stand in the first brackets, those of arrays within behind them.
    private static string Grid(GridTypeModel grid)
    {
        var (item, rest) = SplitArray(grid.Item.Name);
        var lengths = string.Join(", ", Enumerable.Range(0, grid.Rank).Select(static i => FormattableString.Invariant($"lengths[{i}]")));
        return $"new {item}[{lengths}]{rest}";
    }

    private static (string Item, string Ranks) SplitArray(string name)
    {
        var end = name.Length;
        while (name[end - 1] == ']')
        {
            end = name.LastIndexOf('[', end - 1);
        }

        return (name.Substring(0, end), name.Substring(end));
    }
}
