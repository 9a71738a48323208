namespace Weir.Runtime.State.Tables;

/// <summary>A part of what an operator remembers by key: a table, its timers.</summary>
internal abstract class KeyedPart
{
    /// <summary>Gets or sets what savepoints call it.</summary>
    public string Name { get; set; } = "values";

    /// <summary>Gets how its entries lie in a savepoint.</summary>
    public virtual PartForm Description => new(Name, PartKind.Opaque, PartForm.Nothing, PartForm.Nothing, PartForm.Nothing);

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

    /// <summary>Makes ready to encode, on whatever thread does it. Once, before anything is encoded.</summary>
    /// <param name="keyGroupCount">The number of key groups.</param>
    public abstract void Arrange(int keyGroupCount);

    /// <summary>Encodes entries of a key group until all are written or the piece is full. Groups are asked for in order.</summary>
    /// <returns>Whether all are written; if not, it goes on where it stopped when it is called again.</returns>
    public abstract bool Encode(int keyGroup, KeyGroupPiece piece);

    /// <summary>Lets go of what was put aside.</summary>
    public virtual void Release()
    {
    }
}
