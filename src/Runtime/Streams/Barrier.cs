namespace Weir.Runtime.Streams;

/// <summary>The marker that cuts a stream for a checkpoint: what came before it is in the checkpoint, what follows is not.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="IsFinal">Whether nothing follows it but the end of the stream.</param>
public readonly record struct Barrier(CheckpointName Checkpoint, bool IsFinal)
{
    /// <summary>Gets why the checkpoint is taken.</summary>
    public CheckpointKind Kind { get; init; }

    /// <summary>Gets when it was begun: a timestamp of the job's clock.</summary>
    public long TriggeredAt { get; init; }

    /// <summary>
    /// Gets a value indicating whether it may never overtake records (F22): a savepoint holds none, and behind a final one none may follow.
    /// </summary>
    public bool MustAlign => IsFinal || Kind == CheckpointKind.Savepoint;

    /// <summary>The time at which a barrier overtakes that never does.</summary>
    internal const long Never = long.MaxValue;

    /// <summary>The time at which a barrier overtakes that always does.</summary>
    internal const long AtOnce = 0;

    // So that a barrier of which nothing is said never does.
    private readonly long _beforeNever;

    /// <summary>
    /// Gets the time from which on it overtakes what is in front of it, as <see cref="TimeProvider.GetTimestamp"/> says it.
    /// </summary>
    internal long OvertakesAt
    {
        get => Never - _beforeNever;
        init => _beforeNever = Never - value;
    }

    /// <summary>Gets a value indicating whether it may overtake, now or later: what is in flight is part of its checkpoint then.</summary>
    internal bool MayOvertake => _beforeNever > 0;

    /// <summary>Gets the same barrier for an edge on which nothing may be in flight.</summary>
    internal Barrier InLine => this with { OvertakesAt = Never };
}
