namespace Weir.Testing;

/// <summary>
/// What a simulation does to a job, and what the job does about it: counted, so that a test can tell that it happened at all.
/// </summary>
public enum SimulatedFault
{
    /// <summary>A process is killed; what it wrote stays with the operating system.</summary>
    Kill,

    /// <summary>The machine loses power: what was not made durable is lost.</summary>
    PowerLoss,

    /// <summary>A process is paused, believed dead and replaced; then it goes on.</summary>
    Pause,

    /// <summary>A process is believed dead and replaced while it goes on without a pause.</summary>
    TakeOver,

    /// <summary>A process stands still in the middle of an operation for a moment, while others go on; nobody replaces it.</summary>
    Standstill,

    /// <summary>A call of a sink or store does not answer for a long time; the process goes on meanwhile.</summary>
    Hang,

    /// <summary>The clock is set forward or back.</summary>
    ClockJump,

    /// <summary>A consumer takes a finished file away.</summary>
    Consumed,

    /// <summary>A second job is refused a directory that is not its own.</summary>
    RivalRefused,

    /// <summary>A file operation fails without effect.</summary>
    OperationFailed,

    /// <summary>A file operation takes effect, but its answer is lost.</summary>
    OperationAnswerLost,

    /// <summary>A write puts down a part of its bytes and then fails.</summary>
    WriteTorn,

    /// <summary>A piece of work fails without having done anything.</summary>
    WorkFailed,

    /// <summary>A piece of work is done, but its answer is lost.</summary>
    WorkAnswerLost,

    /// <summary>A function of the user throws.</summary>
    UserFunctionFailed,

    /// <summary>News of a completed checkpoint does not arrive.</summary>
    NotificationLost,

    /// <summary>News of a completed checkpoint arrives twice.</summary>
    NotificationRepeated,

    /// <summary>News of a completed checkpoint arrives late.</summary>
    NotificationDelayed,

    /// <summary>Somebody asks for a checkpoint.</summary>
    CheckpointAsked,

    /// <summary>Somebody takes his request back.</summary>
    RequestWithdrawn,

    /// <summary>Somebody stops the job.</summary>
    StopAsked,

    /// <summary>Somebody asks for a savepoint.</summary>
    SavepointAsked,

    /// <summary>Somebody stops the job with a savepoint.</summary>
    SavepointStopAsked,

    /// <summary>A process begins with a savepoint.</summary>
    SavepointBegun,
}
