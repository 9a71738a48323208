namespace Weir.Graph;

/// <summary>A stage where records enter or leave the job.</summary>
internal interface IBoundaryStage
{
    /// <summary>Gets why records may not count exactly once here, as part of a sentence; null if they do.</summary>
    string? WhyNotExactlyOnce { get; }
}
