using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The fields of a generated accumulator. Their labels are part of its schema, and so of every checkpoint.</summary>
internal sealed class AccumulatorFields
{
    private readonly List<(KeptModel Kept, string Suffix)> _kept = [];

    public AccumulatorFields(GroupAggregateModel aggregate)
    {
        Captured = CapturedText.Arguments(aggregate.Captured, CapturedText.InAggregate);
        foreach (var kept in aggregate.Kept)
        {
            var ordinal = _kept.Count(earlier => KeptText.NameOf(earlier.Kept) == KeptText.NameOf(kept));
            _kept.Add((kept, ordinal == 0 ? "" : FormattableString.Invariant($"{ordinal + 1}")));
        }
    }

    /// <summary>Gets the captured values, as further arguments of the accumulator's methods.</summary>
    public string Captured { get; }

    /// <summary>Gets the fields in order.</summary>
    public IEnumerable<AccumulatorField> All => _kept.SelectMany(static item =>
        KeptText.Fields(item.Kept).Concat(KeptText.FailureFields(item.Kept)).Select(kept => kept with
        {
            Name = kept.Name + item.Suffix,
            Label = kept.Name + KeptLabel.Of(item.Kept),
        }));

    /// <summary>What is kept at a position.</summary>
    public KeptModel Kept(int position) => _kept[position].Kept;

    /// <summary>The fields of what is kept at a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="accumulator">The name of the accumulator.</param>
    public KeptFields Of(int position, string accumulator = "__pane") => new(accumulator, _kept[position]);
}

/// <summary>A field of an accumulator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Stored">The type whose codec stores it.</param>
/// <param name="Form">How it is stored.</param>
/// <param name="Initial">An expression for what it begins as; null for the default.</param>
internal sealed record AccumulatorField(string Name, string Type, string Stored, FieldForm Form, string? Initial = null)
{
    /// <summary>What a schema calls it; its name if nothing else was said.</summary>
    public string Label { get; init; } = Name;
}

/// <summary>How a field is stored.</summary>
internal enum FieldForm
{
    /// <summary>By the codec of its type.</summary>
    Value,

    /// <summary>As nothing, or by the codec of what it is the <c>Nullable</c> of.</summary>
    Nullable,

    /// <summary>Item by item.</summary>
    Set,
}

/// <summary>The fields of what is kept for a call, as expressions.</summary>
internal readonly struct KeptFields(string accumulator, (KeptModel Kept, string Suffix) kept)
{
    /// <summary>Gets the first, which the others are called after.</summary>
    public string Value => $"{accumulator}.{KeptText.NameOf(kept.Kept)}{kept.Suffix}";

    /// <summary>Gets the flag that says whether there was an element.</summary>
    public string Has => $"{accumulator}.Has{KeptText.NameOf(kept.Kept)}{kept.Suffix}";

    /// <summary>Gets what the methods are called after that fill the fields.</summary>
    public string Name => KeptText.NameOf(kept.Kept) + kept.Suffix;

    /// <summary>Gets the record that made a function throw.</summary>
    public string Failed => $"{accumulator}.{KeptText.NameOf(kept.Kept)}Failed{kept.Suffix}";

    /// <summary>Gets the flag that says whether there is one.</summary>
    public string HasFailed => $"{accumulator}.Has{KeptText.NameOf(kept.Kept)}Failed{kept.Suffix}";

    /// <summary>Gets what says that a sum left its range: true, or a negative number.</summary>
    public string Overflow => $"{accumulator}.{KeptText.NameOf(kept.Kept)}Overflow{kept.Suffix}";

    /// <summary>Gets the key of the element.</summary>
    public string Key => $"{accumulator}.{KeptText.NameOf(kept.Kept)}Key{kept.Suffix}";
}
