using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Planning;

/// <summary>Finds where a loop is attached to the pipeline, so that it only ever runs the stages that it was written for.</summary>
/// <remarks>
/// A call that no other stage is made by knows all that comes before it, as long as each stream can only have come from one stage. Behind
/// such a call the loop is attached, be it some stages further back. Elsewhere (a helper method that ends the stream, a condition) the loop
/// is offered to the job, which asks for the names of the calls.
/// </remarks>
internal static class SpanPlacer
{
    /// <summary>Returns null for a loop that nothing can lead to.</summary>
    public static SpanPlan? Place(SpanPlan span, EquatableArray<StageModel> stages)
    {
        var needed = NeededOf(span, stages);
        if (needed is null)
        {
            return null;
        }

        var last = span.Stages[span.Stages.Count - 1];
        var isDefinite = Enumerable.Range(1, needed.Count - 1)
            .All(position => InputOf(stages[needed[position]]) == needed[position - 1]);
        if (isDefinite && AttachmentOf(last, stages) is { } attachment)
        {
            return span with { Attachment = attachment };
        }

        // The call itself must be marked by its interceptor.
        return needed.All(index => stages[index].Site.IsCall)
            ? span with { Checked = new EquatableArray<int>([.. needed]) }
            : null;
    }

    // The loop of what keeps something by key holds the function of its key, even where the key's stage is not part of it.
    private static List<int>? NeededOf(SpanPlan span, EquatableArray<StageModel> stages)
    {
        var needed = new List<int>(span.Stages);
        if (span.Kind is SpanKind.Aggregate or SpanKind.Process && span.Stages.Count == 1)
        {
            if (InputOf(stages[span.Stages[0]]) is not { } keyBy)
            {
                return null;
            }

            needed.Insert(0, keyBy);
        }

        return needed;
    }

    private static int? InputOf(StageModel stage) => stage.Inputs.Count == 1 ? stage.Inputs[0].Stage : null;

    // From the stream of a verb to the stage that is meant.
    private static int[] OwnOf(StageModel stage) => stage.HasStageBehind ? [0] : [];

    private static AttachmentPlan? AttachmentOf(int last, EquatableArray<StageModel> stages)
    {
        var back = new Dictionary<int, int[]> { [last] = OwnOf(stages[last]) };
        for (var i = last; i < stages.Count; i++)
        {
            if (!back.TryGetValue(i, out var way))
            {
                var inputs = stages[i] is BoundaryStageModel { IsDirect: false } or KeyByStageModel { CatchesErrors: true }
                    ? 0 : stages[i].Inputs.Count;
                for (var slot = 0; slot < inputs && way is null; slot++)
                {
                    if (stages[i].Inputs[slot].Stage is { } input && input < i && back.TryGetValue(input, out var behind))
                    {
                        way = [.. OwnOf(stages[i]), slot, .. behind];
                    }
                }

                if (way is null)
                {
                    continue;
                }

                back.Add(i, way);
            }

            if (stages[i] is { IsCertain: true, Site.IsCall: true })
            {
                return new AttachmentPlan { Stage = i, Back = new EquatableArray<int>(way) };
            }
        }

        return null;
    }
}
