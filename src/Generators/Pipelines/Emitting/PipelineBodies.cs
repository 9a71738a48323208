using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>All bodies of the user's that generated code of a pipeline holds.</summary>
internal static class PipelineBodies
{
    public static IEnumerable<BodyModel> Of(PipelineModel pipeline) => pipeline.Stages.SelectMany(static stage => stage switch
    {
        RecordStageModel { Function: var items, Item.Result: { } result } => Of(items).Concat(Of(result)),
        FunctionStageModel { Function: var function } => Of(function),
        AggregateStageModel { Aggregate: GroupAggregateModel group } => Of(group),
        AggregateStageModel { Aggregate: CustomAggregateModel custom } =>
            new FunctionModel?[] { custom.Reduce, custom.Result }.OfType<FunctionModel>().SelectMany(Of),
        _ => [],
    });

    private static IEnumerable<BodyModel> Of(FunctionModel function) => function is TextFunctionModel text ? [text.Body] : [];

    private static IEnumerable<BodyModel> Of(GroupAggregateModel group) =>
        group.Kept.SelectMany(static kept => kept.Bodies)
            .Concat(group.Result.Parts.OfType<FoldAnswerModel>().Select(static fold => fold.Result?.Body).OfType<BodyModel>())
            .Append(group.Result);
}
