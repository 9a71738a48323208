using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that ends in <c>Split</c>: it adds each record to one of several outputs.</summary>
internal static class SplitKernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        var writer = scope.Writer;
        var split = (SplitStageModel)scope.Last;
        var outputs = split.Sides.Prepend(split.Out!).Select(static (type, i) => (Type: type, Name: Numbered("output", i))).ToArray();
        KernelEmitter.Class(
            scope,
            outputs.Select(static output => $"Runtime.Streams.Collector<{output.Type}> {output.Name}"),
            "output0.Next",
            () =>
            {
                LoopEmitter.Prologue(scope);
                for (var i = 0; i < outputs.Length; i++)
                {
                    writer.Line($"var {Numbered("to", i)} = {outputs[i].Name};");
                    writer.Line($"{Numbered("to", i)}.Batch.Lane = batch.Lane;");
                }

                LoopEmitter.Loop(scope, value => Choose(scope, split, value));
                writer.Line();
                Flush(scope, outputs.Length, "to", "batch.Lane");
                LoopEmitter.Epilogue(scope);
            },
            () => Flush(scope, outputs.Length, "output", "lane"));
        var stage = KernelEmitter.StageAt(scope, scope.Count - 1);
        var before = $"var split = {stage};\nvar output0 = context.Collector<{split.Out}>();"
            + string.Concat(split.Sides.Select(static (type, i) => FormattableString.Invariant(
                $"\nvar output{i + 1} = context.Collector((Graph.StageOutput<{type}>)split.Outputs[{i + 1}]);")));
        KernelEmitter.Factory(scope, before, outputs.Select(static output => output.Name), "output0.Next");
    }

    private static void Choose(SpanScope scope, SplitStageModel split, string value)
    {
        var writer = scope.Writer;
        var time = scope.Span.HasTimes ? ", time" : "";
        if (!split.IsByType)
        {
            var name = FunctionSet.NameOf(split, scope.Span.Stages[scope.Count - 1]);
            FunctionEmitter.Statement(writer, split.File, $"if ({FunctionSet.Call(split, name, value)})");
            writer.Line($"{{\n    to0.Add({value}{time});\n}}\nelse\n{{\n    to1.Add({value}{time});\n}}");
            return;
        }

        for (var i = 1; i <= split.Sides.Count; i++)
        {
            var side = Numbered("side", i);
            writer.Line($"{(i > 1 ? "else " : "")}if (SideType.Is({value}, out {split.Sides[i - 1]} {side}))");
            writer.Line($"{{\n    {Numbered("to", i)}.Add({side}{time});\n}}");
        }

        writer.Line($"else\n{{\n    to0.Add({value}{time});\n}}");
    }

    private static void Flush(SpanScope scope, int count, string name, string lane)
    {
        for (var i = 0; i < count; i++)
        {
            scope.Writer.Line($"{Numbered(name, i)}.Flush({lane});");
        }
    }

    private static string Numbered(string name, int i) => FormattableString.Invariant($"{name}{i}");
}
