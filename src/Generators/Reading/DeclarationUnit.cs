namespace Weir.Generators.Reading;

/// <summary>
/// What one file says of one type that is not nested in another: all that code elsewhere can see of it. A name at the top level, which may
/// hide a type, is one too.
/// </summary>
internal sealed record DeclarationUnit
{
    /// <summary>The type's simple name.</summary>
    public required string Name { get; init; }

    /// <summary>Everything but bodies and trivia, with the namespaces, usings and nullable contexts that it stands in.</summary>
    public required Digest Declared { get; init; }

    /// <summary>The bodies, of types where they may matter: those with a primary constructor, and parts of types.</summary>
    public required Digest Bodies { get; init; }

    /// <summary>Whether a parameter of a primary constructor becomes a field by being used in a body.</summary>
    public required bool HasPrimaryConstructor { get; init; }

    /// <summary>
    /// Whether code can come upon it without its name: extension members, operators among them, and types that the compiler looks for.
    /// </summary>
    public required bool IsFoundWithoutName { get; init; }

    /// <summary>The names in it, bodies left out: what it may lead to.</summary>
    public required string[] Names { get; init; }
}
