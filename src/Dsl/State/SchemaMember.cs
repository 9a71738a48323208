namespace Weir;

/// <summary>One member of a <see cref="Schema"/>.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Schema">Its type's wire form.</param>
public sealed record SchemaMember(string Name, Schema Schema);
