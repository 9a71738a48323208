namespace Weir;

/// <summary>
/// Says that a function handed to a verb must depend on nothing but its arguments: it runs again when a record is replayed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DeterministicAttribute : Attribute;
