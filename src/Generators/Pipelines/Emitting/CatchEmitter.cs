using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes a stage that goes on without the records that its function throws on. It is the last one of its loop.</summary>
internal static class CatchEmitter
{
    /// <summary>The constructor parameter that takes such records.</summary>
    public static string Parameter(SpanScope scope) => $"Runtime.Kernels.Catcher<{scope.Last.In}> catcher";

    /// <summary>The argument for it.</summary>
    public static string Argument(SpanScope scope) => $"context.Catcher<{scope.Last.In}>()";

    /// <summary>Writes what passes such records on.</summary>
    public static void Flush(SpanScope scope, string lane)
    {
        if (scope.Span.CatchesErrors)
        {
            scope.Writer.Line($"catcher.Flush({lane});");
        }
    }

    /// <summary>Writes the stage.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="texts">What its function answers, the name of the record, and the name of what becomes of it.</param>
    /// <param name="position">The stage's position in the span.</param>
    /// <param name="nested">The blocks that are open.</param>
    /// <returns>The name of what is left.</returns>
    public static string Step(
        SpanScope scope,
        RecordStageModel stage,
        (CodeExpression Answer, string Value, string Next) texts,
        int position,
        Stack<SourceWriter.Block> nested)
    {
        var writer = scope.Writer;
        var (answer, value, next) = texts;
        switch (stage.Kind)
        {
            case RecordKind.AssignTime:
                writer.Line($"{stage.ResultType} instant;");
                Try(scope, stage, $"instant = {answer};", value);
                LoopEmitter.Tell(scope, stage, position, value);
                return value;
            case RecordKind.Filter:
                writer.Line("bool isKept;");
                Try(scope, stage, $"isKept = {answer};", value);
                writer.Line("if (!isKept)\n{\n    continue;\n}");
                return value;
            case RecordKind.Expand:
                Try(scope, stage, $"{ExpansionEmitter.NameOf(position)}.OpenWhole({answer});", value);
                nested.Pop().Dispose();
                ExpansionEmitter.Take(scope, position, next, nested);
                return next;
            default:
                writer.Line($"{stage.Out} {next};");
                FormattableString paired = $"{next} = ({value}, {answer});";
                FormattableString mapped = $"{next} = {answer};";
                Try(scope, stage, stage.Kind == RecordKind.Pair ? paired : mapped, value);
                return next;
        }
    }

    private static void Try(SpanScope scope, RecordStageModel stage, FormattableString statement, string value)
    {
        var writer = scope.Writer;
        using (writer.Open("try"))
        {
            FunctionEmitter.Statement(writer, stage.File, statement);
        }

        using (writer.Open("catch (global::System.Exception failure) when (catcher.Takes(failure))"))
        {
            var time = stage.Kind == RecordKind.AssignTime ? "long.MinValue" : scope.Time;
            writer.Line($"catcher.Add({value}, {time}, batch.Lane, failure);\ncontinue;");
        }

        writer.Line();
    }
}
