namespace Weir.Runtime.Scheduling;

/// <summary>A call of a sink, a store or an arbiter has not answered in time. The attempt is given up; whatever the call still does, its attempt is shut out.</summary>
/// <param name="name">What the call does.</param>
/// <param name="limit">How long it was waited for.</param>
internal sealed class CallTimeoutException(string name, TimeSpan limit) : Exception(
    $"'{name}' has not answered within {limit.TotalSeconds:0.###} s. The attempt does not wait for it any longer. Look whether the disk or the service behind it hangs; "
    + $"if it only takes long, raise {nameof(JobOptions)}.{nameof(JobOptions.CallTimeout)}.");
