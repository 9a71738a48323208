namespace Weir.Runtime.Channels;

/// <summary>Decides when the barriers of a checkpoint have come on all channels, and which channels wait until then. Pure.</summary>
/// <remarks>
/// Semantics R11, F1–F8. Checkpoint numbers only grow: whatever belongs to one that is over is ignored, and blocks nothing. A
/// cancellation concerns its own checkpoint and no other: those before it may have all their barriers still to come.
/// </remarks>
/// <param name="channels">The number of channels.</param>
/// <param name="endCounts">Whether a channel that has ended counts as having delivered; otherwise its end gives up the checkpoint under
/// way.</param>
/// <param name="blocks">Whether a channel that has delivered waits for the others: exactly once. At least once it goes on.</param>
internal sealed class BarrierAligner(int channels, bool endCounts = true, bool blocks = true)
{
    private readonly bool[] _delivered = new bool[channels];
    private readonly bool[] _ended = new bool[channels];
    private readonly HashSet<CheckpointId> _canceled = [];
    private CheckpointId _current;
    private bool _isPending;

    /// <summary>Gets the checkpoint of which some barriers have come and others have not; null if there is none.</summary>
    public CheckpointId? Pending => _isPending ? _current : null;

    /// <summary>Whether a channel must not be read now: it has delivered its barrier and others have not.</summary>
    public bool IsBlocked(int channel) => blocks && HasDelivered(channel);

    /// <summary>Whether a channel has delivered its barrier and others have not.</summary>
    public bool HasDelivered(int channel) => _isPending && _delivered[channel];

    /// <summary>Whether a channel has ended.</summary>
    public bool HasEnded(int channel) => _ended[channel];

    /// <summary>Whether a checkpoint is over here: its barriers decide nothing any more.</summary>
    public bool IsOver(CheckpointId checkpoint) =>
        checkpoint < _current || (checkpoint == _current && !_isPending) || _canceled.Contains(checkpoint);

    /// <summary>A checkpoint is taken though barriers are still to come, which overtake: nobody waits for them.</summary>
    /// <returns>The older checkpoint that is given up for it, or null.</returns>
    public CheckpointId? Release(CheckpointId checkpoint)
    {
        var aborted = _isPending && _current != checkpoint ? _current : default(CheckpointId?);
        GoOnTo(checkpoint, isPending: false);
        return aborted;
    }

    /// <summary>A barrier has come.</summary>
    public AlignerDecision OnBarrier(int channel, CheckpointId checkpoint)
    {
        if (IsOver(checkpoint))
        {
            return AlignerDecision.None;
        }

        var aborted = default(CheckpointId?);
        if (checkpoint > _current)
        {
            aborted = _isPending ? _current : null;
            GoOnTo(checkpoint, isPending: true);
            Array.Clear(_delivered);
        }

        _delivered[channel] = true;
        return new AlignerDecision(TakeIfComplete(), aborted, AbortReason.Subsumed);
    }

    /// <summary>A channel has ended.</summary>
    public AlignerDecision OnEnd(int channel)
    {
        _ended[channel] = true;
        return !_isPending ? AlignerDecision.None
            : endCounts ? new AlignerDecision(TakeIfComplete(), null, default)
            : Abort(AbortReason.EndOfChannel);
    }

    /// <summary>A checkpoint has been given up, or will never be begun.</summary>
    /// <returns>That it was given up; nothing if it was over.</returns>
    public AlignerDecision OnCancel(CheckpointId checkpoint)
    {
        if (IsOver(checkpoint))
        {
            return AlignerDecision.None;
        }

        if (checkpoint == _current)
        {
            _isPending = false;
        }
        else
        {
            _canceled.Add(checkpoint);
        }

        return new AlignerDecision(null, checkpoint, AbortReason.Canceled);
    }

    private void GoOnTo(CheckpointId checkpoint, bool isPending)
    {
        (_current, _isPending) = (checkpoint, isPending);
        _canceled.RemoveWhere(canceled => canceled <= checkpoint);
    }

    private CheckpointId? TakeIfComplete()
    {
        for (var channel = 0; channel < channels; channel++)
        {
            if (!_delivered[channel] && !_ended[channel])
            {
                return null;
            }
        }

        _isPending = false;
        return _current;
    }

    private AlignerDecision Abort(AbortReason reason)
    {
        _isPending = false;
        return new AlignerDecision(null, _current, reason);
    }
}

/// <summary>What follows from a barrier, an end or a cancellation.</summary>
/// <param name="Taken">The checkpoint to take now, or null. No channel is blocked any more.</param>
/// <param name="Aborted">The checkpoint that was given up, or null.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct AlignerDecision(CheckpointId? Taken, CheckpointId? Aborted, AbortReason Reason)
{
    public static readonly AlignerDecision None;
}

/// <summary>Why a gate gave up a checkpoint.</summary>
internal enum AbortReason
{
    /// <summary>A newer barrier came first.</summary>
    Subsumed,

    /// <summary>It was cancelled.</summary>
    Canceled,

    /// <summary>A channel ended before its barrier.</summary>
    EndOfChannel,
}
