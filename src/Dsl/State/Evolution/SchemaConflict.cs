namespace Weir.Wire;

/// <summary>Why what was written in one form cannot be read in another.</summary>
/// <param name="Path">The member.</param>
/// <param name="Text">What has changed, for the user.</param>
/// <param name="Remedy">What makes it readable, for the user: the beginning of a sentence.</param>
internal sealed record SchemaConflict(string Path, string Text, string Remedy);
