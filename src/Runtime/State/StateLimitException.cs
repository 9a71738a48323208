namespace Weir.Runtime.State;

/// <summary>An operator's state is more than a checkpoint may hold that is kept in memory.</summary>
public sealed class StateLimitException : Exception, IPermanentFailure
{
    internal StateLimitException(string id, long bytes, long limitBytes)
        : base(
            $"The state of operator '{id}' takes {bytes:N0} bytes of a checkpoint in one subtask, and StateBackend.Memory allows "
            + $"{limitBytes:N0}. Set JobOptions.StateBackend to StateBackend.File, which writes state to files of the checkpoint store, or "
            + "raise the limit.")
    {
    }
}
