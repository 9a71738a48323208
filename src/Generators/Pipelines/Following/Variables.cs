using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Which streams the variables of a method may hold at one place.</summary>
/// <param name="values">By variable; what is missing holds none.</param>
internal sealed class Variables(ImmutableDictionary<ISymbol, StreamValue> values)
{
    public static readonly Variables Empty =
        new(ImmutableDictionary.Create<ISymbol, StreamValue>(SymbolEqualityComparer.Default));

    private readonly ImmutableDictionary<ISymbol, StreamValue> _values = values;

    public StreamValue? this[ISymbol variable] => _values.TryGetValue(variable, out var value) ? value : null;

    public Variables With(ISymbol variable, StreamValue value) => new(_values.SetItem(variable, value));

    /// <summary>Forgets what any variable holds.</summary>
    public Variables Forget() => new(_values.ToImmutableDictionary(
        static pair => pair.Key, static _ => StreamValue.Unknown, (IEqualityComparer<ISymbol>)SymbolEqualityComparer.Default));

    /// <summary>What may be held where two ways meet. Null is a way that nobody comes by.</summary>
    public static Variables? Join(Variables? left, Variables? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return left ?? right;
        }

        var joined = left._values;
        foreach (var pair in right._values)
        {
            joined = joined.SetItem(pair.Key, joined.TryGetValue(pair.Key, out var known) ? known.Or(pair.Value) : pair.Value);
        }

        return new Variables(joined);
    }

    public bool IsSameAs(Variables other) =>
        _values.Count == other._values.Count
        && _values.All(pair => other._values.TryGetValue(pair.Key, out var value) && value.IsSameAs(pair.Value));
}
