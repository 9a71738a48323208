namespace Weir.Runtime.Telemetry;

/// <summary>What a subtask does with its time.</summary>
internal enum SubtaskState
{
    /// <summary>It works, or waits for its turn on a thread.</summary>
    Busy,

    /// <summary>It waits for others to take what it has: a full channel, a sink that is not ready.</summary>
    Backpressured,

    /// <summary>It waits for records.</summary>
    Idle,
}
