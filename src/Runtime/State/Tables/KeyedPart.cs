namespace Weir.Runtime.State.Tables;

/// <summary>A part of what an operator remembers by key: a table, its timers.</summary>
internal abstract class KeyedPart
{
    /// <summary>Puts aside what is there now.</summary>
    public abstract KeyedSnapshot Snapshot();

    /// <summary>Takes up one entry of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public abstract void Restore(ref MessagePackReader reader, int keyGroup, int keyGroupCount);
}

/// <summary>What a part of an operator's keyed state was at a barrier.</summary>
internal abstract class KeyedSnapshot
{
    /// <summary>Gets a value indicating whether what was put aside stays as it is while records go on changing the state.</summary>
    public abstract bool IsLasting { get; }

    /// <summary>Encodes all entries by key group. Once.</summary>
    public abstract void Encode(KeyGroupBuffers groups);
}
