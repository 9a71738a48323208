namespace Weir.Runtime;

/// <summary>A pipeline that cannot run as it is described. The message says what, where, and what to do.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="inner">What was found.</param>
public sealed class PlanException(string message, Exception? inner = null) : Exception(message, inner), IPermanentFailure;
