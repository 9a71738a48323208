namespace Weir;

/// <summary>A checkpoint's full name. The attempt is a fencing token: a process that was believed dead carries an old one.</summary>
/// <param name="Attempt">Which start of the job took it, from 1, strictly increasing.</param>
/// <param name="Id">Its number.</param>
public readonly record struct CheckpointName(long Attempt, CheckpointId Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} of attempt {Attempt}";
}
