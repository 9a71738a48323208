namespace Weir.Graph;

/// <summary>A stage where records enter or leave the job.</summary>
internal interface IBoundaryStage
{
    /// <summary>Gets why records may not count exactly once here, as part of a sentence; null if they do.</summary>
    string? WhyNotExactlyOnce { get; }

    /// <summary>Gets what never ends here, for messages; null if that is not known.</summary>
    string? Endless => null;

    /// <summary>Gets the sink whose own transaction decides which checkpoint counts; null if this is none.</summary>
    IDecidingSink? Decider => null;

    /// <summary>Gets the source; null if this is none.</summary>
    object? Input => null;

    /// <summary>Gets what takes something from the host of the job; null if nothing does.</summary>
    INeedsServices? Needing => null;

    /// <summary>Gets what wants to know when the run of the job has ended; null if nothing does.</summary>
    IRunScoped? Holder { get; }
}
