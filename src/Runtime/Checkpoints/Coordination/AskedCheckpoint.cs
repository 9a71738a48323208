using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Checkpoints.Store;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>Something that a user asked of the checkpoints of a job, until he is answered.</summary>
/// <param name="number">Tells it from others.</param>
/// <param name="kind">What it is.</param>
/// <param name="savepoint">Where the savepoint goes; null for none.</param>
internal sealed class AskedCheckpoint(long number, RequestKind kind, SavepointDirectory? savepoint = null)
{
    public long Number => number;

    public RequestKind Kind => kind;

    public SavepointDirectory? Savepoint => savepoint;

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
