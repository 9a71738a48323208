namespace Weir;

/// <summary>An immutable file that several checkpoints of a job may refer to. It is deleted when none that is kept does.</summary>
/// <param name="Attempt">The attempt that wrote it: the fencing token in its name.</param>
/// <param name="Name">Its name among those of the attempt: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
public readonly record struct SharedFile(long Attempt, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} of attempt {Attempt}";
}
