using Weir.Generators.Infrastructure;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>One <c>[Pipeline]</c> method: its stages in order of construction, inputs before their users.</summary>
internal sealed record PipelineModel
{
    /// <summary>What people call it: <c>FlightDelays.Define</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The name of the generated file.</summary>
    public required string HintName { get; init; }

    /// <summary>The path of the user's file, as the compiler knows it; null if it has none.</summary>
    public required string? File { get; init; }

    /// <summary>The stages.</summary>
    public required EquatableArray<StageModel> Stages { get; init; }
}

/// <summary>Where a call can be intercepted. Changes with every edit of the file, and so is kept apart from the pipeline.</summary>
internal sealed record LocationModel
{
    /// <summary>The compiler's version of the data.</summary>
    public required int Version { get; init; }

    /// <summary>The compiler's data.</summary>
    public required string Data { get; init; }

    /// <summary>Where the call stands, by which it is found again when the file around it has changed; null if it is no call.</summary>
    public required PlaceModel? Place { get; init; }
}

/// <summary>What one parse finds: the pipeline, and where each of its stages is called.</summary>
internal sealed record ParsedPipelineModel
{
    /// <summary>The pipeline.</summary>
    public required PipelineModel Pipeline { get; init; }

    /// <summary>The calls, in the order of the stages.</summary>
    public required EquatableArray<LocationModel> Locations { get; init; }
}
