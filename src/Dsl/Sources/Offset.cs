namespace Weir;

/// <summary>A position in a split: reading from it delivers the first record that was not read before.</summary>
/// <param name="Value">Counted by the source: bytes of a file, messages of a partition.</param>
public readonly record struct Offset(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
