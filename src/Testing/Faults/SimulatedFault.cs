namespace Weir.Testing;

/// <summary>What a simulation does to a job, and what the job does about it: counted, so that a test can tell that it happened at all.</summary>
public enum SimulatedFault
{
    /// <summary>A process is killed; what it wrote stays with the operating system.</summary>
    Kill,

    /// <summary>The machine loses power: what was not made durable is lost.</summary>
    PowerLoss,

    /// <summary>A process is paused, believed dead and replaced; then it goes on.</summary>
    Pause,

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
}
