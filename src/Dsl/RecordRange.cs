using System.Globalization;

namespace Weir;

/// <summary>Records of a split that were handled together, by offset.</summary>
/// <param name="Split">The split, as it names itself.</param>
/// <param name="From">The offset of the first of them.</param>
/// <param name="To">The offset behind the last of them.</param>
internal readonly record struct RecordRange(string Split, long From, long To)
{
    /// <summary>The records that two ranges have in common; null if there are none.</summary>
    public RecordRange? Intersect(RecordRange other) =>
        Split == other.Split && Math.Max(From, other.From) < Math.Min(To, other.To)
            ? new RecordRange(Split, Math.Max(From, other.From), Math.Min(To, other.To))
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"split '{Split}', offsets {From} to {To}");
}
