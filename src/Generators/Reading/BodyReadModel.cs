namespace Weir.Generators.Reading;

/// <summary>A declaration outside the one at hand whose body was read: what was found holds as long as that text stands there.</summary>
internal sealed record BodyReadModel
{
    /// <summary>The path of its file; null if it has none.</summary>
    public required string? Path { get; init; }

    /// <summary>Stands for its text and place.</summary>
    public required string Text { get; init; }
}
