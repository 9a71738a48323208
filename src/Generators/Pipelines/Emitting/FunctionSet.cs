using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The functions of a pipeline's stages as methods: each is written once, however many loops call it.</summary>
internal static class FunctionSet
{
    private const string Class = "Functions";

    /// <summary>The name of a stage's function among all of the pipeline.</summary>
    public static string NameOf(StageModel stage, int index) => FormattableString.Invariant($"{stage.Verb}{index}");

    /// <summary>A call of a stage's function, or its text in place of one.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="name">The name of its function.</param>
    /// <param name="value">The record.</param>
    public static CodeExpression Call(FunctionStageModel stage, string name, string value) => stage switch
    {
        { Function: DelegateFunctionModel } => new CodeExpression($"call{name}({value})", Origin: null),
        { Function: ItselfFunctionModel { CanBeNull: false } } => new CodeExpression(value, Origin: null),
        { Function: ItselfFunctionModel } => new CodeExpression(
            $"{value} ?? throw new global::System.InvalidOperationException($\"A record of Flatten is null where a "
                + $"{{{{typeof({stage.Taken})}}}} was expected. Leave such records out before it with Where.\")",
            Origin: null),
        { Function: DefaultFunctionModel } => new CodeExpression("default", Origin: null),
        RecordStageModel { Item: not null } => new CodeExpression($"{Class}.{name}Items({value})", Origin: null),
        { Function: TextFunctionModel function } when IsMethod(stage) => new CodeExpression(
            $"{Class}.{name}({(function.Parameters[0].IsByReference ? "in " : "")}{value}"
                + $"{CapturedText.Arguments(function.Body.Captured, CapturedText.InLoop(name))})",
            function.Span),
        _ => FunctionEmitter.Call(stage.Function, name, CapturedText.InLoop(name), value),
    };

    /// <summary>Writes the functions that the loops call.</summary>
    public static void Emit(SourceWriter writer, PipelinePlan plan)
    {
        var stages = plan.Spans
            .SelectMany(span => new SpanScope(writer, plan.Pipeline, span, "").Functions())
            .GroupBy(static function => function.Name)
            .Select(static same => same.First())
            .Where(static function => IsMethod(function.Stage))
            .ToArray();
        if (stages.Length == 0)
        {
            return;
        }

        writer.Line().Line("/// <summary>The functions that the pipeline was given.</summary>");
        using (writer.Open($"file static class {Class}"))
        {
            var isFirst = true;
            foreach (var (stage, name, _) in stages)
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                var function = (TextFunctionModel)stage.Function;
                writer.Line(FunctionEmitter.InliningOf(function));
                FunctionEmitter.Header(writer, stage.File, function, $"public static {stage.ResultType} {name}", stage.Taken);
                if (stage is RecordStageModel { Item: { } item } many)
                {
                    Items(writer, many, item, name);
                }
            }
        }
    }

    // As the verb does with its two functions.
    private static void Items(SourceWriter writer, RecordStageModel stage, ItemModel item, string name)
    {
        var record = item.Result is null ? "(record, item)" : $"{name}Item(record, item)";
        writer.Line().Line(
            $"public static global::System.Collections.Generic.IEnumerable<{stage.Made}> {name}Items({stage.Taken} record) =>");
        writer.Line($"    global::System.Linq.Enumerable.Select({name}(record), item => {record});");
        if (item.Result is { } result)
        {
            writer.Line().Line(FunctionEmitter.InliningOf(result));
            FunctionEmitter.Header(writer, stage.File, result, $"private static {stage.Made} {name}Item", stage.Taken, item.Type);
        }
    }

    // What has anonymous types can only be written in place.
    private static bool IsMethod(FunctionStageModel stage) =>
        stage is { Function: TextFunctionModel, Taken: not null, ResultType: not null };
}
