using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>
/// Writes what a windowed aggregate is specialised on: how keys are told apart, how a pane begins and what it results in.
/// </summary>
internal static class FunctorEmitter
{
    public static void Emit(Infrastructure.SourceWriter writer, PipelineModel pipeline, int stage, StageModel keyBy)
    {
        var model = pipeline.Stages[stage];
        var aggregate = model.Aggregate!;
        var names = AggregateNames.Of(pipeline, stage, keyBy);
        var key = keyBy.Key!.Type;

        writer.Line();
        using (writer.Open($"file readonly struct {names.Functor}({Parameters(aggregate, key, model.Out)}) : "
            + $"global::Weir.Runtime.Operators.Windows.IPaneFunctor<{key}, {names.Accumulator}, {model.Out}>"))
        {
            if (names.HashesByCodec)
            {
                writer.Line($"private readonly global::Weir.Codec<{key}> _keys = global::Weir.Codecs.Of<{key}>();").Line();
                writer.Line($"public ulong Hash(in {key} __key) => global::Weir.Runtime.State.KeyHash.Of(_keys, in __key, seed);");
            }
            else
            {
                writer.Line($"public ulong Hash(in {key} __key) => {names.Hash("__key", "this", "seed")};");
            }

            writer.Line().Line($"public bool AreEqual(in {key} __left, in {key} __right) => {names.AreEqual("__left", "__right")};");
            writer.Line().Line($"public {names.Accumulator} Create() => {(aggregate.Kind == AggregateKind.Group ? Initial(aggregate) : "aggregate.Create()")};");
            Merge(writer, aggregate, names);
            writer.Line();
            Result(writer, pipeline, model, names, key);
        }
    }

    /// <summary>The arguments that a functor is made with, given the stage.</summary>
    public static string Arguments(AggregateModel aggregate) => aggregate.Kind == AggregateKind.Group
        ? "context.Seed"
        : $"context.Seed, ({aggregate.Aggregate})stage.Aggregate"
            + (aggregate.Result.Kind == FunctionKind.Delegate ? ", stage.Result" : "");

    private static string Parameters(AggregateModel aggregate, string? key, string? output) => aggregate.Kind == AggregateKind.Group
        ? "global::Weir.Runtime.State.KeySeed seed"
        : $"global::Weir.Runtime.State.KeySeed seed, {aggregate.Aggregate} aggregate"
            + (aggregate.Result.Kind == FunctionKind.Delegate
                ? $", global::System.Func<{key}, global::Weir.TimeWindow, {aggregate.Value}, {output}> result" : "");

    private static void Merge(Infrastructure.SourceWriter writer, AggregateModel aggregate, AggregateNames names)
    {
        writer.Line().Line($"public bool CanMerge => {(aggregate.CanMerge ? "true" : "false")};");
        var body = aggregate.Kind != AggregateKind.Group ? "aggregate.Merge(ref __pane, in __other)"
            : aggregate.CanMerge ? $"{names.Accumulator}.Merge(ref __pane, in __other)"
            : "throw new global::System.NotSupportedException(\"A fold takes records: two of its results cannot be merged.\")";
        writer.Line().Line($"public void Merge(ref {names.Accumulator} __pane, in {names.Accumulator} __other) => {body};");
    }

    private static string Initial(AggregateModel aggregate)
    {
        var initial = aggregate.Fields
            .Where(static field => field.IsSet || field.Initial.Length > 0)
            .Select(static field => $"{field.Name} = {(field.IsSet ? $"new {AccumulatorEmitter.TypeOf(field)}()" : field.Initial)}");
        var text = string.Join(", ", initial);
        return text.Length == 0 ? "default" : $"new() {{ {text} }}";
    }

    private static void Result(
        Infrastructure.SourceWriter writer, PipelineModel pipeline, StageModel model, AggregateNames names, string? key)
    {
        var aggregate = model.Aggregate!;
        var result = aggregate.Result;
        var header = $"public {model.Out} Result(in {key} __key, global::Weir.TimeWindow __window, ref {names.Accumulator} __pane)";
        if (aggregate.Kind == AggregateKind.Group && result.Kind == FunctionKind.Method)
        {
            writer.Line(header);
            FunctionEmitter.Mapped(writer, pipeline.File, result.Span, "", result.Text!, "");
            return;
        }

        using (writer.Open(header))
        {
            if (aggregate.Kind == AggregateKind.Group)
            {
                FunctionEmitter.Mapped(writer, pipeline.File, result.Span, "return ", result.Text!, ";");
                return;
            }

            writer.Line("var __value = aggregate.Result(in __pane);");
            if (aggregate.Kind == AggregateKind.Custom)
            {
                writer.Line("return __value;");
                return;
            }

            var made = FunctionEmitter.Call(result, result.Kind == FunctionKind.Delegate ? "result"
                : "MakeResult", "__key", "__window", "__value");
            FunctionEmitter.Statement(writer, pipeline.File, $"return {made};");
        }

        if (aggregate.Kind == AggregateKind.CustomWithResult)
        {
            FunctionEmitter.Method(writer, pipeline.File, result, "MakeResult", model.Out, key, "global::Weir.TimeWindow", aggregate.Value);
        }
    }
}
