using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Lists what an accumulator keeps, field by field: for the generated type, and for the baseline of state.</summary>
internal static class KeptFieldList
{
    /// <summary>What is kept, with what is put behind the names of its fields, so that each field has its own.</summary>
    public static IReadOnlyList<(KeptModel Kept, string Suffix)> Named(IEnumerable<KeptModel> kept)
    {
        var named = new List<(KeptModel Kept, string Suffix)>();
        foreach (var one in kept)
        {
            var ordinal = named.Count(earlier => KeptText.NameOf(earlier.Kept) == KeptText.NameOf(one));
            named.Add((one, ordinal == 0 ? "" : FormattableString.Invariant($"{ordinal + 1}")));
        }

        return named;
    }

    /// <summary>The fields in order.</summary>
    public static IEnumerable<AccumulatorField> Of(IEnumerable<(KeptModel Kept, string Suffix)> kept) => kept.SelectMany(static item =>
        KeptText.Fields(item.Kept).Concat(KeptText.FailureFields(item.Kept)).Select(field => field with
        {
            Name = field.Name + item.Suffix,
            Label = field.Name + KeptLabel.Of(item.Kept),
        }));
}
