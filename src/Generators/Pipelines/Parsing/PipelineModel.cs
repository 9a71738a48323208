using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>One <c>[Pipeline]</c> method: its stages in order of construction, inputs before their users.</summary>
/// <param name="Namespace">The namespace of the user's type; empty for the global one.</param>
/// <param name="Name">What generated types begin with: <c>FlightDelays_Define</c>.</param>
/// <param name="Title">What people call it: <c>FlightDelays.Define</c>.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="File">The path of the user's file, as the compiler knows it.</param>
/// <param name="Usings">The directives of the user's file that bring extension methods, fully qualified.</param>
/// <param name="Stages">The stages.</param>
internal sealed record PipelineModel(
    string Namespace,
    string Name,
    string Title,
    string HintName,
    string File,
    EquatableArray<string> Usings,
    EquatableArray<StageModel> Stages);

/// <summary>Where a call can be intercepted. Changes with every edit of the file, and so is kept apart from the pipeline.</summary>
/// <param name="Version">The compiler's version of the data.</param>
/// <param name="Data">The compiler's data.</param>
internal sealed record LocationModel(int Version, string Data);

/// <summary>What one parse finds: the pipeline, and where each of its stages is called.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Locations">The calls, in the order of the stages.</param>
internal sealed record ParsedPipelineModel(PipelineModel Pipeline, EquatableArray<LocationModel> Locations);
