namespace Weir.Analyzers.State;

/// <summary>A change of a stored type that a restore could not, or should not without a word, take.</summary>
/// <param name="Type">The type, for its place; null for the state itself.</param>
/// <param name="Member">The member, for its place; null for the type itself.</param>
/// <param name="Text">What has changed, and what to do.</param>
internal sealed record StateChange(string? Type, string? Member, string Text);
