namespace Weir;

/// <summary>A checkpoint's full name. The attempt is a fencing token: a process that was believed dead carries an old one.</summary>
/// <param name="Attempt">Which start of the job took it, from 1, strictly increasing.</param>
/// <param name="Id">Its number.</param>
public readonly record struct CheckpointName(long Attempt, CheckpointId Id) : IComparable<CheckpointName>
{
    /// <summary>Compares by attempt, then by number. Of decided checkpoints a later one has the greater number, too.</summary>
    /// <param name="other">The other name.</param>
    /// <returns>The order.</returns>
    public int CompareTo(CheckpointName other) => Attempt == other.Attempt ? Id.CompareTo(other.Id) : Attempt.CompareTo(other.Attempt);

    /// <summary>Whether one was taken before the other.</summary>
    public static bool operator <(CheckpointName left, CheckpointName right) => left.CompareTo(right) < 0;

    /// <summary>Whether one was taken after the other.</summary>
    public static bool operator >(CheckpointName left, CheckpointName right) => left.CompareTo(right) > 0;

    /// <summary>Whether one was taken before the other, or is the same.</summary>
    public static bool operator <=(CheckpointName left, CheckpointName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one was taken after the other, or is the same.</summary>
    public static bool operator >=(CheckpointName left, CheckpointName right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} of attempt {Attempt}";
}
