using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A stream that goes into a stage.</summary>
internal sealed record StageInputModel
{
    /// <summary>The stage whose main output it must be, by position in the pipeline; null if it may be another one's.</summary>
    public required int? Stage { get; init; }

    /// <summary>All stages whose main output it may be.</summary>
    public required EquatableArray<int> Possible { get; init; }
}
