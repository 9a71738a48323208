namespace Weir.Runtime.Scheduling;

/// <summary>A call of a sink, a store or an arbiter has not answered in time. The attempt is given up.</summary>
/// <remarks>
/// The call may still do something: its attempt is shut out by then. The option is named by its text, since jobs are above schedulers.
/// </remarks>
/// <param name="name">What the call does.</param>
/// <param name="limit">How long it was waited for.</param>
internal sealed class CallTimeoutException(string name, TimeSpan limit) : Exception(
    $"'{name}' has not answered within {limit.TotalSeconds:0.###} s. The attempt does not wait for it any longer. "
    + "Look whether the disk or the service behind it hangs; if it only takes long, raise JobOptions.CallTimeout.");
