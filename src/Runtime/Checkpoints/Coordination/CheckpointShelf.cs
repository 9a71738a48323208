namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>The checkpoints that exist: which to delete when a newer one has completed. Deleting is best effort, and tried again.</summary>
/// <param name="existing">Those that exist already, newest first.</param>
/// <param name="retained">How many to keep.</param>
internal sealed class CheckpointShelf(IReadOnlyList<CheckpointName> existing, int retained)
{
    private readonly SortedSet<CheckpointName> _kept = [.. existing];

    public void Add(CheckpointName checkpoint) => _kept.Add(checkpoint);

    /// <summary>Those beyond the retained number, oldest first.</summary>
    public IReadOnlyList<CheckpointName> Surplus() => [.. _kept.Take(Math.Max(0, _kept.Count - retained))];

    public void Remove(CheckpointName checkpoint) => _kept.Remove(checkpoint);
}
