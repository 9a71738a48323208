namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A type that generated code can name, and what it must know of the values to keep them.</summary>
internal sealed record NamedTypeModel
{
    /// <summary>Its full name; tuples keep the names of their items.</summary>
    public required string Name { get; init; }

    /// <summary>What it is the <c>Nullable</c> of; null for any other type.</summary>
    public required string? NullableOf { get; init; }

    /// <summary>Whether there is a null among its values.</summary>
    public required bool CanBeNull { get; init; }
}
