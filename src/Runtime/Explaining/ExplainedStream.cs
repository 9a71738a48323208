namespace Weir;

/// <summary>A stream that an operator puts out.</summary>
/// <param name="Name">Its name: that of the operator, with a suffix for a side output.</param>
/// <param name="Records">The type of its records.</param>
/// <param name="IsTimed">Whether they have event times.</param>
public sealed record ExplainedStream(string Name, string Records, bool IsTimed);
