namespace Weir.Runtime.Time;

/// <summary>One clock in a group of inputs that wait for one another. Used by the thread of its subtask.</summary>
/// <param name="alignments">The groups.</param>
/// <param name="group">Its own.</param>
/// <param name="members">Who is in it.</param>
/// <param name="maxDrift">How far it may be ahead of the least, in microseconds.</param>
/// <param name="wake">Wakes its subtask.</param>
internal sealed class AlignedMember(
    Alignments alignments, AlignmentGroup group, List<AlignedMember> members, long maxDrift, Action wake)
{
    private long _reported = long.MinValue;

    public AlignmentGroup Group => group;

    public IReadOnlyList<AlignedMember> Members => members;

    public int Number { get; } = members.Count;

    public long MaxDrift => maxDrift;

    /// <summary>
    /// Gets or sets the least watermark that it was told to wait with; null if it does not wait. Under the lock of the groups.
    /// </summary>
    public long? HeldAt { get; set; }

    public void Wake() => wake();

    /// <summary>Reports the least watermark of its inputs; <see cref="long.MaxValue"/> if it has none that would be waited for.</summary>
    public void Report(long watermark)
    {
        if (watermark != _reported)
        {
            _reported = watermark;
            alignments.Report(this, watermark);
        }
    }

    /// <summary>Whether an input with that watermark may be read; if not, the subtask is woken when it may.</summary>
    public bool MayRead(long watermark) => alignments.MayRead(this, watermark);
}
