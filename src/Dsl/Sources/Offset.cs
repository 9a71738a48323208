using System.Globalization;

namespace Weir;

/// <summary>A position in a split: reading from it delivers the first record that was not read before.</summary>
/// <param name="Value">Counted by the source: bytes of a file, messages of a partition, positions of a log.</param>
public readonly record struct Offset(long Value)
{
    /// <summary>
    /// Gets how many records have been delivered of what stands at <see cref="Value"/>, where one such place holds several: the changes of
    /// a transaction, the records of a block. 0 for a source whose <see cref="Value"/> says everything.
    /// </summary>
    public long Within { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Within == 0
        ? Value.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Value}+{Within}");
}
