using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>All that is generated for a pipeline but its interceptors: those name positions, which every edit of the file moves.</summary>
/// <param name="Name">What generated types begin with.</param>
/// <param name="HintName">The name of the file.</param>
/// <param name="Text">The text.</param>
/// <param name="Attachments">Which loops to attach where.</param>
internal sealed record KernelsModel(string Name, string HintName, string Text, EquatableArray<AttachmentModel> Attachments);

/// <summary>The loops that end in one stage.</summary>
/// <param name="Stage">The stage, by position in the pipeline.</param>
/// <param name="Kind">Its verb.</param>
/// <param name="TimeType">What the function of <c>WithEventTime</c> answers.</param>
/// <param name="AggregateKind">Which <c>Aggregate</c> it is.</param>
/// <param name="Spans">The factories of the loops.</param>
internal sealed record AttachmentModel(int Stage, StageKind Kind, string TimeType, AggregateKind AggregateKind, EquatableArray<string> Spans);

/// <summary>The generated file of a pipeline, complete.</summary>
/// <param name="HintName">The name of the file.</param>
/// <param name="Text">The text.</param>
internal sealed record PipelineFileModel(string HintName, string Text);
