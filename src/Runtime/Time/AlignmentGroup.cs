namespace Weir.Runtime.Time;

/// <summary>What the members of a group report of their watermarks, and how far each may go. Pure.</summary>
/// <remarks>Flink's SourceCoordinator (semantics E14). Who has nothing to say reports <see cref="long.MaxValue"/>.</remarks>
internal sealed class AlignmentGroup
{
    private readonly List<long?> _reports = [];

    /// <summary>Gets the least of what was reported; <see cref="long.MaxValue"/> if nothing was.</summary>
    public long Least { get; private set; } = long.MaxValue;

    /// <summary>A member reports its watermark.</summary>
    /// <param name="member">Its number, from 0.</param>
    /// <param name="watermark">What it has promised.</param>
    /// <returns>Whether the least of the group has changed.</returns>
    public bool Report(int member, long watermark)
    {
        while (_reports.Count <= member)
        {
            _reports.Add(null);
        }

        _reports[member] = watermark;
        var least = _reports.Min() ?? long.MaxValue;
        if (least == Least)
        {
            return false;
        }

        Least = least;
        return true;
    }

    /// <summary>The greatest watermark that may be gone on from. Does not wrap around.</summary>
    /// <param name="maxDrift">How far a member may be ahead of the least, in microseconds.</param>
    public long LimitOf(long maxDrift) => Least > long.MaxValue - maxDrift ? long.MaxValue : Least + maxDrift;
}
