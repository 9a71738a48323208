namespace Weir.Analyzers.State;

/// <summary>A change of a stored type that a restore could not, or should not without a word, take.</summary>
/// <param name="Type">The type, for its place; null for the state itself.</param>
/// <param name="Member">The member, for its place; null for the type itself.</param>
/// <param name="Text">What has changed, and what to do.</param>
/// <param name="Heir">What may be the same under another name; null if nothing is.</param>
internal sealed record StateChange(string? Type, string? Member, string Text, FormerName? Heir = null);

/// <summary>Something that may have had another name.</summary>
/// <param name="Type">The type, or the type that it is a member of.</param>
/// <param name="Member">The member; null for the type itself.</param>
/// <param name="Name">The name that it may have had.</param>
internal sealed record FormerName(string Type, string? Member, string Name);
