using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Planning;

/// <summary>Which loops are generated for a pipeline. The runtime picks, for each chain, the longest that fits.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Spans">The loops.</param>
internal sealed record PipelinePlan(PipelineModel Pipeline, EquatableArray<SpanPlan> Spans);

/// <summary>Consecutive stages that become one loop.</summary>
/// <param name="Kind">How the loop ends.</param>
/// <param name="Stages">The stages, by position in the pipeline.</param>
/// <param name="ReadsTimes">Whether the records that come in carry event times, and the loop has use for them.</param>
/// <param name="HasTimes">Whether records carry event times at the end of the loop.</param>
/// <param name="FiltersLast">
/// Whether it ends in a filter that it does without a branch: each record is written, and the next one over it if it was not accepted. Only for records
/// without references, which would be kept alive behind the end of the batch.
/// </param>
internal sealed record SpanPlan(SpanKind Kind, EquatableArray<int> Stages, bool ReadsTimes, bool HasTimes, bool FiltersLast);

/// <summary>How a loop ends.</summary>
internal enum SpanKind
{
    /// <summary>It hands records on.</summary>
    Stateless,

    /// <summary>It sends them to the owners of their keys.</summary>
    Exchange,

    /// <summary>It adds them to panes.</summary>
    Aggregate,
}
