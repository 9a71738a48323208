namespace Weir.Runtime.Operators.Sources;

/// <summary>How far the splits of a subtask had been read at each cut, until the checkpoint is complete or given up.</summary>
internal sealed class CutOffsets<T, TSplit>
{
    private readonly List<(CheckpointId Checkpoint, (OwnedSplit<T, TSplit> Split, Offset Offset)[] Offsets)> _cuts = [];

    /// <summary>The stream has been cut.</summary>
    public void Add(CheckpointId checkpoint, IReadOnlyList<OwnedSplit<T, TSplit>> reading) =>
        _cuts.Add((checkpoint, [.. reading.Select(split => (split, split.Offset))]));

    /// <summary>The offsets of a checkpoint that is complete; none if they are not known any more. Forgets those before it, too.</summary>
    public IReadOnlyList<(OwnedSplit<T, TSplit> Split, Offset Offset)> Take(CheckpointId checkpoint)
    {
        var offsets = _cuts.Find(cut => cut.Checkpoint == checkpoint).Offsets ?? [];
        _cuts.RemoveAll(cut => cut.Checkpoint <= checkpoint);
        return offsets;
    }

    /// <summary>A checkpoint has been given up.</summary>
    public void Forget(CheckpointId checkpoint) => _cuts.RemoveAll(cut => cut.Checkpoint == checkpoint);
}
