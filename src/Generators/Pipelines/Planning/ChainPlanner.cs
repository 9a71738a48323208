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
        var spans = new List<SpanPlan>();
        foreach (var run in RunsOf(pipeline.Stages))
        {
            foreach (var section in SectionsOf(run, pipeline.Stages))
            {
                spans.AddRange(SpansOf(section, pipeline.Stages).Where(span => CanWrite(span, pipeline.Stages)));
            }
        }

        return new PipelinePlan { Pipeline = pipeline, Spans = new EquatableArray<SpanPlan>([.. spans]) };
    }

    private static IEnumerable<List<int>> RunsOf(EquatableArray<StageModel> stages)
    {
        var next = new Dictionary<int, int>();
        for (var i = 0; i < stages.Count; i++)
        {
            if (IsInRun(stages[i]) && InputOf(stages[i]) is { } input && IsInRun(stages[input]) && stages[input].Users == 1)
            {
                next.Add(input, i);
            }
        }

        for (var i = 0; i < stages.Count; i++)
        {
            if (IsInRun(stages[i]) && !next.ContainsValue(i))
            {
                var run = new List<int> { i };
                while (next.TryGetValue(run[run.Count - 1], out var following))
                {
                    run.Add(following);
                }

                // What comes in and what goes out must have a name; anonymous records stay within a loop.
                run.RemoveRange(0, run.TakeWhile(index => stages[index].In is null).Count());
                while (run.Count > 0 && stages[run[run.Count - 1]].Out is null)
                {
                    run.RemoveAt(run.Count - 1);
                }

                if (run.Count > 0)
                {
                    yield return run;
                }
            }
        }
    }

    private static int? InputOf(StageModel stage) => stage.Inputs.Count == 1 ? stage.Inputs[0].Stage : null;

    private static bool IsInRun(StageModel stage) => stage is LoopStageModel { IsCompiled: true };

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
            else if (stage is AggregateStageModel)
            {
                section.Aggregate = index;
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
                if (section.KeyBy is null || section.Aggregate is null || pieces.Count > 1)
                {
                    yield return Span(SpanKind.Stateless, section.StagesOf(first, last), stages);
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
                    if (section.Aggregate is { } fused)
                    {
                        yield return Span(SpanKind.Aggregate, [.. before, keyBy, fused], stages);
                    }

                    yield return Span(SpanKind.Exchange, [.. before, keyBy], stages);
                }
            }
        }

        if (section.Aggregate is { } aggregate)
        {
            yield return Span(SpanKind.Aggregate, [aggregate], stages);
        }
    }

    private static SpanPlan Span(SpanKind kind, int[] indexes, EquatableArray<StageModel> stages)
    {
        var incoming = IncomingTimes(stages[indexes[0]], stages);
        var hasClock = indexes.Any(index => AssignsTime(stages[index]));
        var filtersLast = kind == SpanKind.Stateless
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
        };
    }

    private static bool AssignsTime(StageModel stage) => stage is RecordStageModel { Kind: RecordKind.AssignTime };

    private static TimeKnowledge IncomingTimes(StageModel first, EquatableArray<StageModel> stages) => first switch
    {
        RecordStageModel { Kind: RecordKind.AssignTime } => TimeKnowledge.Untimed,
        AggregateStageModel when InputOf(first) is { } input => stages[input].Times,
        _ => first.Times,
    };

    private static bool CanWrite(SpanPlan span, EquatableArray<StageModel> stages)
    {
        var first = stages[span.Stages[0]];
        var last = stages[span.Stages[span.Stages.Count - 1]];

        // Whether there are times must be known, and windows need them.
        var knowsTimes = span.HasTimes || (span.Kind != SpanKind.Aggregate && IncomingTimes(first, stages) == TimeKnowledge.Untimed);
        return knowsTimes && first.In is not null && last.Out is not null;
    }

    /// <summary>A part of a run that ends in an aggregate or at the end of the run.</summary>
    private sealed class Section
    {
        /// <summary>Gets the stages in front of <c>KeyBy</c>, cut where a boundary is possible.</summary>
        public List<(List<int> Stages, bool BeginsClock)> Pieces { get; } = [];

        public int? KeyBy { get; set; }

        public int? Aggregate { get; set; }

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
