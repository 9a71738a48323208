namespace Weir;

/// <summary>
/// Marks a parameter of <c>From</c> whose records can be read once only. A pipeline that asks for exactly once does not take it (WEIR0005).
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReadOnceAttribute : Attribute;
