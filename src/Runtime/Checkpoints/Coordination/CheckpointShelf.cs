namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>
/// The checkpoints of a job and the shared files they refer to: what to delete when a newer one has completed. Pure; deleting is best
/// effort, and tried again.
/// </summary>
/// <remarks>
/// A checkpoint that was given up may still be written to by a subtask that has not heard of it. Once a newer one has completed, every
/// subtask is through with it: then it goes for good. A shared file goes when nothing that is kept or under way refers to it; one that a
/// snapshot left out never comes back (<see cref="State.ISnapshotFiles.ShareAsync"/>), so that what the newest completed checkpoint does
/// not refer to, no later one will.
/// </remarks>
internal sealed class CheckpointShelf
{
    private readonly int _retained;
    private readonly SortedSet<CheckpointName> _kept = [];
    private readonly SortedSet<CheckpointName> _givenUp = [];
    private readonly Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>> _references = [];
    private readonly HashSet<SharedFile> _files = [];

    /// <summary>Fills the shelf.</summary>
    /// <param name="existing">The checkpoints that exist, with the shared files they refer to; null if that cannot be read.</param>
    /// <param name="undecided">Those that have a manifest, but that the arbiter has not decided for.</param>
    /// <param name="files">The shared files of earlier attempts.</param>
    /// <param name="retained">How many checkpoints to keep.</param>
    public CheckpointShelf(
        IReadOnlyDictionary<CheckpointName, IReadOnlyCollection<SharedFile>?> existing,
        IEnumerable<CheckpointName> undecided,
        IEnumerable<SharedFile> files,
        int retained)
    {
        _retained = retained;
        _files.UnionWith(files);
        _givenUp.UnionWith(undecided);
        foreach (var (checkpoint, references) in existing)
        {
            _kept.Add(checkpoint);

            // What is not known to be free is in use, as long as the checkpoint is there.
            _references[checkpoint] = references ?? [.. _files];
        }
    }

    /// <summary>A checkpoint has completed.</summary>
    public void Complete(CheckpointName checkpoint, IReadOnlyCollection<SharedFile> references)
    {
        _kept.Add(checkpoint);
        Refer(checkpoint, references);
    }

    /// <summary>A checkpoint was given up.</summary>
    public void GiveUp(CheckpointName checkpoint) => _givenUp.Add(checkpoint);

    /// <summary>A subtask has acknowledged a checkpoint, whatever becomes of it.</summary>
    public void Refer(CheckpointName checkpoint, IEnumerable<SharedFile> references)
    {
        var all = references.ToList();
        if (all.Count > 0)
        {
            _files.UnionWith(all);
            _references[checkpoint] = [.. _references.GetValueOrDefault(checkpoint, []).Union(all)];
        }
    }

    /// <summary>The checkpoints to delete now, oldest first.</summary>
    public IReadOnlyList<CheckpointName> Surplus() =>
        _kept.Count == 0 ? []
            : [.. _givenUp.Where(checkpoint => checkpoint < _kept.Max).Concat(_kept.Take(Math.Max(0, _kept.Count - _retained))).Order()];

    /// <summary>The shared files to delete now.</summary>
    public IReadOnlyList<SharedFile> Unreferenced()
    {
        var used = _references.Values.SelectMany(files => files).ToHashSet();
        return [.. _files.Where(file => !used.Contains(file))];
    }

    /// <summary>A checkpoint has been deleted.</summary>
    public void Remove(CheckpointName checkpoint)
    {
        _kept.Remove(checkpoint);
        _givenUp.Remove(checkpoint);
        _references.Remove(checkpoint);
    }

    /// <summary>A shared file has been deleted.</summary>
    public void Remove(SharedFile file) => _files.Remove(file);
}
