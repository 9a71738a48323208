using System.Globalization;

namespace Weir;

/// <summary>
/// Numbers the checkpoints of one job, from 1, strictly increasing over its whole life. A declined checkpoint leaves a gap.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct CheckpointId(long Value) : IComparable<CheckpointId>
{
    /// <summary>Gets the number after this one.</summary>
    public CheckpointId Next => new(Value + 1);

    /// <inheritdoc/>
    public int CompareTo(CheckpointId other) => Value.CompareTo(other.Value);

    /// <summary>Whether one was taken before the other.</summary>
    public static bool operator <(CheckpointId left, CheckpointId right) => left.Value < right.Value;

    /// <summary>Whether one was taken after the other.</summary>
    public static bool operator >(CheckpointId left, CheckpointId right) => left.Value > right.Value;

    /// <summary>Whether one was taken before the other, or is the same.</summary>
    public static bool operator <=(CheckpointId left, CheckpointId right) => left.Value <= right.Value;

    /// <summary>Whether one was taken after the other, or is the same.</summary>
    public static bool operator >=(CheckpointId left, CheckpointId right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => "chk-" + Value.ToString(CultureInfo.InvariantCulture);
}
