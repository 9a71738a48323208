namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A place in the source that makes stages: the call of a verb, or a clause of a query.</summary>
internal sealed record SiteModel
{
    /// <summary>Its name: of a call in a helper method, the same for all pipelines that use the method.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it stands in the pipeline's own method, and nobody else intercepts it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Whether the compiler intercepts it; clauses of queries it does not.</summary>
    public required bool IsCall { get; init; }
}
