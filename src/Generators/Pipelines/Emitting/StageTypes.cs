using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The runtime's types for a stage, as generated code writes them.</summary>
internal static class StageTypes
{
    private const string Graph = "Graph";

    /// <summary>The type of a stage with a function.</summary>
    public static string Of(FunctionStageModel stage) => stage switch
    {
        RecordStageModel { Kind: RecordKind.AssignTime } => $"{Graph}.EventTimeStage<{stage.In}>",
        KeyByStageModel keyBy => $"{Graph}.KeyByStage<{stage.In}, {keyBy.Key.Type}>",
        SplitStageModel => $"{Graph}.SplitStage<{stage.In}>",
        _ when RecordVerb.Of(stage.Verb) is { } verb =>
            $"{Graph}.{stage.Verb}Stage<{stage.In}{(verb.Output == 0 ? "" : $", {stage.Out}")}>",
        _ => throw new InvalidOperationException($"{stage.Verb} is never part of a loop."),
    };

    /// <summary>The type of an operator with state behind the stage that keyed it.</summary>
    public static string Of(ProcessStageModel stage, KeyByStageModel keyBy) =>
        $"{Graph}.ProcessStage<{stage.In}, {keyBy.Key.Type}, {stage.Out}>";

    /// <summary>The type of an aggregate behind the stage that keyed it.</summary>
    public static string Of(AggregateStageModel stage, KeyByStageModel keyBy) => stage.Aggregate switch
    {
        GroupAggregateModel group => $"{Graph}.AggregateGroupStage<{group.Record}, {keyBy.Key.Type}, {stage.Out}>",
        RecordsModel records => $"{Graph}.ProcessWindowStage<{records.Record}, {keyBy.Key.Type}, {stage.Out}>",
        CustomAggregateModel { GoesToProcess: true } custom => $"{Graph}.AggregateProcessStage<{custom.Record}, {keyBy.Key.Type}, "
            + $"{custom.Accumulator}, {custom.Value}, {stage.Out}>",
        CustomAggregateModel custom => $"{Graph}.AggregateStage<{custom.Record}, {keyBy.Key.Type}, {custom.Accumulator}, "
            + $"{custom.Value}, {stage.Out}>",
        _ => throw new InvalidOperationException($"{stage.Verb} is not part of this loop."),
    };

    /// <summary>The type of a custom aggregate, by which it is called.</summary>
    public static string Of(CustomAggregateModel aggregate) =>
        aggregate.Sealed ?? $"global::Weir.IAggregate<{aggregate.Record}, {aggregate.Accumulator}, {aggregate.Value}>";

    /// <summary>The delegate type of a stage's function.</summary>
    public static string DelegateOf(FunctionStageModel stage) => $"global::System.Func<{stage.In}, {stage.ResultType}>";

    /// <summary>The expression for the user's delegate, on an expression for the stage.</summary>
    public static string DelegateFrom(FunctionStageModel stage, string expression) =>
        stage is RecordStageModel { Kind: RecordKind.AssignTime }
        ? $"({DelegateOf(stage)}){expression}.Selector"
        : stage is SplitStageModel ? $"({DelegateOf(stage)}){expression}.Function!"
        : $"{expression}.{char.ToUpperInvariant(stage.FunctionParameter[0])}{stage.FunctionParameter.Substring(1)}";
}
