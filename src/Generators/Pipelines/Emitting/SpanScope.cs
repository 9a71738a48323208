using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Emitting.Windows;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>What the emitters of one loop share: its names and its functions.</summary>
/// <param name="writer">Where the text goes.</param>
/// <param name="pipeline">The pipeline.</param>
/// <param name="span">The loop.</param>
/// <param name="name">The name of its class.</param>
internal sealed class SpanScope(SourceWriter writer, PipelineModel pipeline, SpanPlan span, string name)
{
    public SourceWriter Writer { get; } = writer;

    public PipelineModel Pipeline { get; } = pipeline;

    public SpanPlan Span { get; } = span;

    public string Name { get; } = name;

    public int Count => Span.Stages.Count;

    public StageModel First => Stage(0);

    public StageModel Last => Stage(Count - 1);

    /// <summary>Gets the position of the stage that assigns event times, or null.</summary>
    public int? Clock => Find(RecordKind.AssignTime);

    /// <summary>Gets the stage that tells each record to what makes watermarks; null if none does.</summary>
    public RecordStageModel? Marks => Stages.OfType<RecordStageModel>().FirstOrDefault(static stage => stage.HasMarks);

    /// <summary>
    /// Gets a value indicating whether it may make many records of one, and so may have to stop in the middle of a batch.
    /// </summary>
    public bool HasMany => Find(RecordKind.Expand) is not null;

    /// <summary>Gets a value indicating whether it may have to stop in the middle of a batch.</summary>
    public bool MayStop => HasMany || IsFull is not null;

    /// <summary>
    /// Gets a condition, besides a lack of room, under which what the loop ends in takes no further record; null if there is none.
    /// </summary>
    public string? IsFull => Span.Kind == SpanKind.Process ? "owner.IsHeld" : Windows?.IsFull;

    /// <summary>Gets what records are added to; null if they are added to no windows.</summary>
    public WindowLoop? Windows => Span.Form == WindowForms.None ? null : WindowLoop.Of(Span.Form);

    /// <summary>Gets the expression for the event time of a record, also where it has none.</summary>
    public string Time => Span.HasTimes ? "time" : "long.MinValue";

    /// <summary>
    /// Gets a value indicating whether a record has its event time before the loop makes many of it: the time outlives a stop.
    /// </summary>
    public bool KeepsTime => HasMany && (Span.ReadsTimes || Clock < Find(RecordKind.Expand));

    public StageModel Stage(int position) => Pipeline.Stages[Span.Stages[position]];

    /// <summary>The stage that keys the stream: in the loop, or in front of it.</summary>
    public KeyByStageModel KeyBy => Stages.OfType<KeyByStageModel>().FirstOrDefault()
        ?? (KeyByStageModel)Pipeline.Stages[First.Inputs[0].Stage!.Value];

    /// <summary>Gets the stage that aggregates, of a loop that ends in one.</summary>
    public AggregateStageModel Aggregated => (AggregateStageModel)Last;

    /// <summary>
    /// The functions that the loop calls, each with its name among those of the pipeline; that of a key in front of the loop comes last.
    /// </summary>
    public IEnumerable<(FunctionStageModel Stage, string Name, int Position)> Functions()
    {
        for (var position = 0; position < Count; position++)
        {
            if (Stage(position) is FunctionStageModel stage)
            {
                yield return (stage, FunctionSet.NameOf(stage, Span.Stages[position]), position);
            }
        }

        if (Last is AggregateStageModel or ProcessStageModel && !Stages.OfType<KeyByStageModel>().Any())
        {
            yield return (KeyBy, FunctionSet.NameOf(KeyBy, First.Inputs[0].Stage!.Value), 0);
        }
    }

    /// <summary>Gets the name of the function that aggregates.</summary>
    public string AggregateName => FunctionSet.NameOf(Last, Span.Stages[Count - 1]);

    /// <summary>
    /// What the functions that the loop calls have captured, each with the name of the function and the position of its stage; that of a
    /// key in front of the loop is -1.
    /// </summary>
    public IEnumerable<(CapturedModel Captured, string Function, int Position)> Captured()
    {
        foreach (var (stage, name, position) in Functions())
        {
            if (stage.Function is TextFunctionModel { Body.Captured: var captured })
            {
                foreach (var one in captured)
                {
                    yield return (one, name, stage == Stage(position) ? position : -1);
                }
            }
        }

        if (Last is AggregateStageModel { Aggregate: { } aggregate })
        {
            foreach (var one in aggregate.Captured)
            {
                yield return (one, AggregateName, Count - 1);
            }
        }
    }

    /// <summary>Whether a stage comes after the first that makes many records of one.</summary>
    public bool IsBehindMany(int position) => Find(RecordKind.Expand) is { } first && first < position;

    /// <summary>Gets the stages in their order.</summary>
    public IEnumerable<StageModel> Stages => Span.Stages.Select(index => Pipeline.Stages[index]);

    private int? Find(RecordKind kind)
    {
        for (var position = 0; position < Count; position++)
        {
            if (Stage(position) is RecordStageModel record && record.Kind == kind)
            {
                return position;
            }
        }

        return null;
    }
}
