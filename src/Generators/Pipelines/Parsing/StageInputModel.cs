namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A stream that goes into a stage.</summary>
internal sealed record StageInputModel
{
    /// <summary>The stage whose main output it is, by position in the pipeline; null if it comes from elsewhere.</summary>
    public required int? Stage { get; init; }
}
