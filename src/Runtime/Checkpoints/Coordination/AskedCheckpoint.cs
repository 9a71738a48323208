using Weir.Runtime.Checkpoints.Protocol;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>Something that a user asked of the checkpoints of a job, until he is answered.</summary>
/// <param name="number">Tells it from others.</param>
/// <param name="kind">What it is.</param>
internal sealed class AskedCheckpoint(long number, RequestKind kind)
{
    public long Number => number;

    /// <summary>Gets or sets what it is. A stop with a savepoint becomes a mere stop once the savepoint exists.</summary>
    public RequestKind Kind { get; set; } = kind;

    /// <summary>Gets or sets a value indicating whether a checkpoint is under way that answers it.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Gets the answer.</summary>
    public TaskCompletionSource<JobCheckpoint> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was asked, in words.</summary>
    public string Text => Kind switch
    {
        RequestKind.Checkpoint => "checkpoint",
        RequestKind.Savepoint => "savepoint",
        _ => "stop with a savepoint",
    };
}
