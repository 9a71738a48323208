namespace Weir.Runtime.Planning;

/// <summary>A pipeline that cannot run as it is described. The message says what, where, and what to do.</summary>
/// <param name="message">What, where, and what to do.</param>
public sealed class PlanException(string message) : Exception(message), IPermanentFailure;
