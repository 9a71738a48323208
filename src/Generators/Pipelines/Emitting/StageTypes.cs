using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The runtime's types for a stage, as generated code writes them.</summary>
internal static class StageTypes
{
    private const string Graph = "global::Weir.Graph";

    public static string Of(StageModel stage, StageModel? keyBy = null) => stage.Kind switch
    {
        StageKind.WithEventTime => $"{Graph}.EventTimeStage<{stage.In}>",
        StageKind.KeyBy => $"{Graph}.KeyByStage<{stage.In}, {stage.Key!.Type}>",
        StageKind.Aggregate when stage.Aggregate!.Kind == AggregateKind.Group =>
            $"{Graph}.AggregateGroupStage<{stage.Aggregate.Record}, {keyBy!.Key!.Type}, {stage.Out}>",
        StageKind.Aggregate =>
            $"{Graph}.AggregateStage<{stage.Aggregate!.Record}, {keyBy!.Key!.Type}, {stage.Aggregate.Accumulator}, "
                + $"{stage.Aggregate.Value}, {stage.Out}>",
        _ when RecordVerb.Of(stage.Verb) is { } verb =>
            $"{Graph}.{stage.Verb}Stage<{stage.In}{(verb.Output == 0 ? "" : $", {stage.Out}")}>",
        _ => throw new InvalidOperationException($"{stage.Verb} is never part of a loop."),
    };

    /// <summary>The delegate type of a stage's function.</summary>
    public static string DelegateOf(StageModel stage) => $"global::System.Func<{stage.In}, {stage.ResultType}>";

    /// <summary>The expression for the user's delegate, on an expression for the stage.</summary>
    public static string DelegateFrom(StageModel stage, string expression) => stage.Kind == StageKind.WithEventTime
        ? $"({DelegateOf(stage)}){expression}.Selector"
        : $"{expression}.{char.ToUpperInvariant(stage.FunctionParameter![0])}{stage.FunctionParameter.Substring(1)}";
}
