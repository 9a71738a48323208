using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Planning;

/// <summary>Cuts a pipeline into runs at its boundaries, and lists the loops that the runtime may want of each. Pure.</summary>
/// <remarks>
/// Of a run <c>a… KeyBy Aggregate b…</c> it lists <c>a… KeyBy Aggregate</c>, for when the exchange is not real, <c>a… KeyBy</c> and
/// <c>Aggregate</c>, for when it is, and <c>b…</c>. Where a parallelism is set within a run there may be a boundary at run time: both
/// sides are listed as well as the whole.
/// </remarks>
internal static class ChainPlanner
{
    public static PipelinePlan Plan(PipelineModel pipeline)
    {
        var stages = pipeline.Stages;
        var spans = new List<SpanPlan>();
        foreach (var run in RunPlanner.RunsOf(stages))
        {
            foreach (var section in SectionsOf(run, stages))
            {
                spans.AddRange(SpansOf(section, stages).Where(span => CanWrite(span, stages)));
            }
        }

        var placed = spans
            .GroupBy(static span => (span.Kind, span.Stages, span.TakesTimes, span.Form))
            .Select(same => SpanPlacer.Place(same.First(), stages))
            .OfType<SpanPlan>();
        return new PipelinePlan { Pipeline = pipeline, Spans = new EquatableArray<SpanPlan>([.. placed]) };
    }

    private static int? InputOf(StageModel stage) => stage.Inputs.Count == 1 ? stage.Inputs[0].Stage : null;

    private static IEnumerable<Section> SectionsOf(List<int> run, EquatableArray<StageModel> stages)
    {
        var section = new Section();
        foreach (var index in run)
        {
            var stage = stages[index];
            if (stage is KeyByStageModel)
            {
                section.KeyBy = index;
            }
            else if (stage is AggregateStageModel or ProcessStageModel)
            {
                section.End = index;
                yield return section;
                section = new Section();
            }
            else
            {
                section.Append(index, stages);
            }
        }

        if (section.Pieces.Count > 0 || section.KeyBy is not null)
        {
            yield return section;
        }
    }

    private static IEnumerable<SpanPlan> SpansOf(Section section, EquatableArray<StageModel> stages)
    {
        var pieces = section.Pieces;
        for (var first = 0; first < pieces.Count; first++)
        {
            for (var last = first; last < pieces.Count && (last == first || !pieces[last].BeginsClock); last++)
            {
                // The whole in front of a fused aggregate is never wanted alone: an exchange or an aggregate always follows it.
                if (section.KeyBy is null || section.End is null || pieces.Count > 1)
                {
                    var indexes = section.StagesOf(first, last);
                    var kind = stages[indexes[indexes.Length - 1]] is SplitStageModel ? SpanKind.Split : SpanKind.Stateless;
                    foreach (var span in Variants(kind, section, indexes, stages))
                    {
                        yield return span;
                    }
                }
            }
        }

        if (section.KeyBy is { } keyBy)
        {
            for (var first = 0; first <= pieces.Count; first++)
            {
                var isWhole = pieces.Skip(first + 1).All(static piece => !piece.BeginsClock);
                if (isWhole && (first < pieces.Count || pieces.Count != 1))
                {
                    var before = section.StagesOf(first, pieces.Count - 1);
                    foreach (var span in Keyed(section, before, keyBy, stages))
                    {
                        yield return span;
                    }
                }
            }
        }

        if (section.End is { } end)
        {
            foreach (var span in Ending(section, [end], stages))
            {
                yield return span;
            }
        }
    }

    private static IEnumerable<SpanPlan> Keyed(Section section, int[] before, int keyBy, EquatableArray<StageModel> stages)
    {
        if (section.End is { } fused)
        {
            foreach (var span in Ending(section, [.. before, keyBy, fused], stages))
            {
                yield return span;
            }
        }

        foreach (var span in Variants(SpanKind.Exchange, section, [.. before, keyBy], stages))
        {
            yield return span;
        }
    }

    // Where nobody can say if the records that come in are timed, there is a loop for each; but windows have none that are not.
    private static IEnumerable<SpanPlan> Variants(SpanKind kind, Section section, int[] indexes, EquatableArray<StageModel> stages)
    {
        var incoming = IncomingTimes(stages[indexes[0]], stages);
        if (incoming != TimeKnowledge.Unknown || indexes.Any(index => AssignsTime(stages[index])))
        {
            yield return Span(kind, indexes, stages, incoming);
            yield break;
        }

        yield return Span(kind, indexes, stages, TimeKnowledge.Timed) with { TakesTimes = true };
        if (kind == SpanKind.Aggregate || section.End is not { } end
            || stages[end] is not AggregateStageModel { Loops: WindowForms.Sliced or WindowForms.Session })
        {
            yield return Span(kind, indexes, stages, TimeKnowledge.Untimed) with { TakesTimes = false };
        }
    }

    private static IEnumerable<SpanPlan> Ending(Section section, int[] indexes, EquatableArray<StageModel> stages) =>
        stages[indexes[indexes.Length - 1]] is ProcessStageModel ? Variants(SpanKind.Process, section, indexes, stages)
            : OfWindows(section, indexes, stages);

    // A loop for each form that its windows may have when it runs.
    private static IEnumerable<SpanPlan> OfWindows(Section section, int[] indexes, EquatableArray<StageModel> stages)
    {
        var loops = ((AggregateStageModel)stages[indexes[indexes.Length - 1]]).Loops;
        foreach (var form in WindowFormSet.Of(loops))
        {
            var needsTimes = form is WindowForms.Sliced or WindowForms.Session;
            foreach (var span in indexes.Length > 1 || form is WindowForms.General or WindowForms.Running
                ? Variants(SpanKind.Aggregate, section, indexes, stages)
                : [Alone(form, indexes, stages)])
            {
                if (span.HasTimes || !needsTimes)
                {
                    yield return span with { Form = form };
                }
            }
        }
    }

    // Behind an exchange. Windows of event time are never added to without one, and numbers of records whether there are times or not: the
    // batch says that.
    private static SpanPlan Alone(WindowForms form, int[] indexes, EquatableArray<StageModel> stages)
    {
        var span = Span(SpanKind.Aggregate, indexes, stages, TimeKnowledge.Timed);
        return form == WindowForms.Counted ? span with { ReadsTimes = false, HasTimes = false } : span;
    }

    private static SpanPlan Span(SpanKind kind, int[] indexes, EquatableArray<StageModel> stages, TimeKnowledge incoming)
    {
        var hasClock = indexes.Any(index => AssignsTime(stages[index]));
        var catches = stages[indexes[indexes.Length - 1]] is RecordStageModel { CatchesErrors: true };
        var filtersLast = kind == SpanKind.Stateless && !catches
            && stages[indexes[indexes.Length - 1]] is RecordStageModel
            {
                Kind: RecordKind.Filter, IsUnmanaged: true, Function: InlineFunctionModel
            }
            && !indexes.Any(index => stages[index] is RecordStageModel { Kind: RecordKind.Expand });
        return new SpanPlan
        {
            Kind = kind,
            Stages = new EquatableArray<int>(indexes),
            ReadsTimes = incoming == TimeKnowledge.Timed && !hasClock,
            HasTimes = hasClock || incoming == TimeKnowledge.Timed,
            FiltersLast = filtersLast,
            TakesTimes = null,
            TellsEachRecord = indexes.Any(index => stages[index] is RecordStageModel { HasMarks: true }),
            CatchesErrors = catches,
            Form = WindowForms.None,
            Attachment = null,
            Checked = default,
        };
    }

    private static bool AssignsTime(StageModel stage) => stage is RecordStageModel { Kind: RecordKind.AssignTime };

    private static TimeKnowledge IncomingTimes(StageModel first, EquatableArray<StageModel> stages) => first switch
    {
        RecordStageModel { Kind: RecordKind.AssignTime } => TimeKnowledge.Untimed,
        AggregateStageModel or ProcessStageModel when InputOf(first) is { } input => stages[input].Times,
        _ => first.Times,
    };

    // Windows of event time need times.
    private static bool CanWrite(SpanPlan span, EquatableArray<StageModel> stages) =>
        (span.Form is not (WindowForms.Sliced or WindowForms.Session) || span.Stages.Count > 1
            || IncomingTimes(stages[span.Stages[0]], stages) != TimeKnowledge.Untimed)
        && stages[span.Stages[0]].In is not null
        && stages[span.Stages[span.Stages.Count - 1]].Out is not null;

    /// <summary>A part of a run that ends in an aggregate, in an operator with state, or at the end of the run.</summary>
    private sealed class Section
    {
        /// <summary>Gets the stages in front of <c>KeyBy</c>, cut where a boundary is possible.</summary>
        public List<(List<int> Stages, bool BeginsClock)> Pieces { get; } = [];

        public int? KeyBy { get; set; }

        /// <summary>Gets or sets the aggregate or the operator.</summary>
        public int? End { get; set; }

        public int[] StagesOf(int first, int last) =>
            [.. Pieces.Skip(first).Take(last - first + 1).SelectMany(static piece => piece.Stages)];

        public void Append(int index, EquatableArray<StageModel> stages)
        {
            // One loop has one clock at most.
            var isSecondClock = AssignsTime(stages[index])
                && Pieces.SelectMany(static piece => piece.Stages).Any(earlier => AssignsTime(stages[earlier]));
            var previous = Pieces.Count > 0 ? Pieces[Pieces.Count - 1].Stages : null;
            if (previous is null || isSecondClock || stages[index].HasParallelism || stages[previous[previous.Count - 1]].HasParallelism)
            {
                Pieces.Add(([index], isSecondClock));
            }
            else
            {
                previous.Add(index);
            }
        }
    }
}
