namespace Weir.Runtime.Scheduling;

/// <summary>A stepper that can tell when it has something to do again, so that a parked worker need not look.</summary>
/// <remarks>An aid to latency, never to correctness: a worker looks again after a bounded time anyway.</remarks>
public interface IWakeable
{
    /// <summary>Sets what to call, from any thread, when a mailbox, a channel or a piece of work of the stepper has changed.</summary>
    Action? Wake { set; }
}
