using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The fields of a generated accumulator. Their labels are part of its schema, and so of every checkpoint.</summary>
internal sealed class AccumulatorFields
{
    private readonly IReadOnlyList<(KeptModel Kept, string Suffix)> _kept;

    public AccumulatorFields(GroupAggregateModel aggregate)
    {
        Captured = CapturedText.Arguments(aggregate.Captured, CapturedText.InAggregate);
        _kept = KeptFieldList.Named(aggregate.Kept);
    }

    /// <summary>Gets the captured values, as further arguments of the accumulator's methods.</summary>
    public string Captured { get; }

    /// <summary>Gets the fields in order.</summary>
    public IEnumerable<AccumulatorField> All => KeptFieldList.Of(_kept);

    /// <summary>What is kept at a position.</summary>
    public KeptModel Kept(int position) => _kept[position].Kept;

    /// <summary>The fields of what is kept at a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="accumulator">The name of the accumulator.</param>
    public KeptFields Of(int position, string accumulator = "__pane") => new(accumulator, _kept[position]);
}
