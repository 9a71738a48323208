using Weir.Runtime.Telemetry;

namespace Weir.Runtime.State.Tables;

/// <summary>A part of what an operator remembers by key: a table, its timers.</summary>
internal abstract class KeyedPart
{
    /// <summary>Gets or sets what savepoints call it.</summary>
    public string Name { get; set; } = "values";

    /// <summary>Gets how its entries lie in a savepoint.</summary>
    public virtual PartForm Description => new(Name, PartKind.Opaque, PartForm.Nothing, PartForm.Nothing, PartForm.Nothing);

    /// <summary>Gets how many entries have changed or gone since the last barrier, as far as that is known.</summary>
    public virtual long Changes => 0;

    /// <summary>Gets a value indicating whether all that has changed since a barrier, and since those before, is known.</summary>
    public virtual bool KnowsChanges => true;

    /// <summary>
    /// Gets a value indicating whether its entries are written in the runs of the operator; if not, its backend writes them elsewhere.
    /// </summary>
    public virtual bool IsInRuns => true;

    /// <summary>Gets how long an entry stays in snapshots that nobody touches; null if for ever.</summary>
    public virtual EntryLifetime? Lifetime => null;

    /// <summary>Gets how many entries it has, and what they take. Any thread may ask; the answer may be a moment old.</summary>
    public virtual StateFigures Figures => default;

    /// <summary>A barrier: from now on what is there now is to be put aside, before it changes or a portion at a time.</summary>
    /// <param name="cut">What of it.</param>
    public abstract KeyedSnapshot Snapshot(SnapshotCut cut);

    /// <summary>Entries of snapshots are going to be restored.</summary>
    /// <param name="runs">How many snapshots there are; the entries of the newest come first.</param>
    public virtual void BeginRestore(int runs)
    {
    }

    /// <summary>Takes up one entry of a checkpoint, unless a newer snapshot had its key.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public abstract void Restore(ref MessagePackReader reader, RestoredGroup group);

    /// <summary>A key, or a namespace with all of its keys, had gone: what older snapshots say of it does not count.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public abstract void RestoreRemoval(ref MessagePackReader reader, RestoredGroup group, bool isNamespace);

    /// <summary>The entries of the first key groups have been restored: makes room for the others.</summary>
    /// <param name="times">About how many times as many there are in all.</param>
    public virtual void Expect(double times)
    {
    }

    /// <summary>All has been restored.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public virtual void EndRestore()
    {
    }
}

/// <summary>What of a part a snapshot holds.</summary>
/// <param name="Since">Only what has changed since this barrier; 0 for all. Barriers count from 1.</param>
/// <param name="Oldest">
/// The barrier of the oldest snapshot that it builds on; what had gone before it need not be remembered any more.
/// </param>
/// <param name="KeyGroupCount">The number of key groups.</param>
internal readonly record struct SnapshotCut(int Since, int Oldest, int KeyGroupCount);

/// <summary>Where an entry of a checkpoint comes from.</summary>
/// <param name="KeyGroup">The key group that it was written under.</param>
/// <param name="KeyGroupCount">The number of key groups.</param>
/// <param name="Run">Which of the snapshots that build on one another it is in; 0 is the oldest.</param>
internal readonly record struct RestoredGroup(int KeyGroup, int KeyGroupCount, int Run);

/// <summary>What a part of an operator's keyed state was at a barrier.</summary>
internal abstract class KeyedSnapshot
{
    /// <summary>Gets how many entries it has.</summary>
    public abstract long Count { get; }

    /// <summary>Puts aside a portion of what has not changed since the barrier. By the subtask, between records.</summary>
    /// <param name="portion">About how many slots are visited; what was is taken away.</param>
    /// <returns>Whether all is put aside.</returns>
    public virtual bool Sweep(ref int portion) => true;

    /// <summary>Makes ready to encode, on whatever thread does it. Once, when all is put aside, before anything is encoded.</summary>
    /// <param name="keyGroupCount">The number of key groups.</param>
    public abstract void Arrange(int keyGroupCount);

    /// <summary>Encodes entries of a key group until all are written or the piece is full. Groups are asked for in order.</summary>
    /// <returns>Whether all are written; if not, it goes on where it stopped when it is called again.</returns>
    public abstract bool Encode(int keyGroup, KeyGroupPiece piece);

    /// <summary>
    /// Encodes what had gone of a key group, in the same way: behind its entries, for the reader lets the first that it reads of a key
    /// count.
    /// </summary>
    public virtual bool EncodeRemovals(int keyGroup, KeyGroupPiece piece) => true;

    /// <summary>Lets go of what was put aside.</summary>
    public virtual void Release()
    {
    }
}
