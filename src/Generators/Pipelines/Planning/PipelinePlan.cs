using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Planning;

/// <summary>Which loops are generated for a pipeline. The runtime picks, for each chain, the longest that fits.</summary>
internal sealed record PipelinePlan
{
    /// <summary>The pipeline.</summary>
    public required PipelineModel Pipeline { get; init; }

    /// <summary>The loops.</summary>
    public required EquatableArray<SpanPlan> Spans { get; init; }
}

/// <summary>Consecutive stages that become one loop.</summary>
internal sealed record SpanPlan
{
    /// <summary>How the loop ends.</summary>
    public required SpanKind Kind { get; init; }

    /// <summary>The stages, by position in the pipeline.</summary>
    public required EquatableArray<int> Stages { get; init; }

    /// <summary>Whether the records that come in carry event times, and the loop has use for them.</summary>
    public required bool ReadsTimes { get; init; }

    /// <summary>Whether records carry event times at the end of the loop.</summary>
    public required bool HasTimes { get; init; }

    /// <summary>
    /// Whether it ends in a filter that it does without a branch: each record is written, and the next one over it if it was not accepted.
    /// Only for records
    /// without references, which would be kept alive behind the end of the batch.
    /// </summary>
    public required bool FiltersLast { get; init; }

    /// <summary>Whether it is for records with event times or for those without; null if it is for both.</summary>
    public required bool? TakesTimes { get; init; }

    /// <summary>Whether each record is told to what makes watermarks.</summary>
    public required bool TellsEachRecord { get; init; }

    /// <summary>Whether the last stage may go on without records that its function throws on.</summary>
    public required bool CatchesErrors { get; init; }

    /// <summary>The form of the windows that it adds to; none if it ends in no windows.</summary>
    public required WindowForms Form { get; init; }

    /// <summary>Where it is attached; null if it is offered.</summary>
    public required AttachmentPlan? Attachment { get; init; }

    /// <summary>The stages whose calls must have made the stages of the loop for it to be used, where it is offered.</summary>
    public required EquatableArray<int> Checked { get; init; }
}

/// <summary>The call behind which a loop is attached.</summary>
internal sealed record AttachmentPlan
{
    /// <summary>The stage that it makes, by position in the pipeline.</summary>
    public required int Stage { get; init; }

    /// <summary>Which inputs lead from there back to the last stage of the loop.</summary>
    public required EquatableArray<int> Back { get; init; }
}

/// <summary>How a loop ends.</summary>
internal enum SpanKind
{
    /// <summary>It hands records on.</summary>
    Stateless,

    /// <summary>It sends each into one of several streams.</summary>
    Split,

    /// <summary>It sends them to the owners of their keys.</summary>
    Exchange,

    /// <summary>It adds them to panes.</summary>
    Aggregate,

    /// <summary>It hands them, with their keys, to an operator that keeps state.</summary>
    Process,
}
