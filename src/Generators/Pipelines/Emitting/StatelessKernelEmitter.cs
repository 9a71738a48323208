namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that hands records on: it writes them straight into the batch that goes out.</summary>
internal static class StatelessKernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        var output = scope.Last.Out;
        KernelEmitter.Class(
            scope,
            [$"Runtime.Streams.Collector<{output}> collector"],
            "collector.Next",
            () =>
            {
                if (scope.HasMany)
                {
                    Many(scope);
                }
                else
                {
                    AtMostOne(scope);
                }
            },
            scope.HasMany || scope.Span.CatchesErrors ? () => OnFailure(scope) : null);
        KernelEmitter.Factory(scope, $"var collector = context.Collector<{output}>();", ["collector"], "collector.Next");
    }

    private static void OnFailure(SpanScope scope)
    {
        if (scope.HasMany)
        {
            scope.Writer.Line("collector.Flush(lane);");
        }

        CatchEmitter.Flush(scope, "lane");
    }

    private static void AtMostOne(SpanScope scope)
    {
        var writer = scope.Writer;
        var timed = scope.Span.HasTimes;
        LoopEmitter.Prologue(scope);
        writer.Line($"var output = collector.Batch.Open(out var times, timed: {(timed ? "true" : "false")});");
        using (writer.Open("if (output.Length < values.Length)"))
        {
            writer.Line("throw new global::System.InvalidOperationException(\"A batch of \" + values.Length + \" records came in, but "
                + "batches of this job hold \" + output.Length + \".\");");
        }

        writer.Line("""

            ref var target = ref MemoryMarshal.GetReference(output);
            """);
        if (timed)
        {
            writer.Line("ref var targetTime = ref MemoryMarshal.GetReference(times);");
        }

        writer.Line("var count = 0;");
        LoopEmitter.Loop(scope, value =>
        {
            writer.Line().Line($"Unsafe.Add(ref target, count) = {value};");
            if (timed)
            {
                writer.Line("Unsafe.Add(ref targetTime, count) = time;");
            }

            if (scope.Span.FiltersLast)
            {
                LoopEmitter.Origin(scope, scope.Last);
                var (stage, name, _) = scope.Functions().Last();
                var isKept = FunctionSet.Call(stage, name, value);
                FunctionEmitter.Statement(writer, stage.File, $"count += ({isKept}) ? 1 : 0;");
            }
            else
            {
                writer.Line("count++;");
            }
        });
        writer.Line("""

            collector.Batch.Commit(count);
            collector.Flush(batch.Lane);
            """);
        CatchEmitter.Flush(scope, "batch.Lane");
        LoopEmitter.Epilogue(scope);
    }

    private static void Many(SpanScope scope)
    {
        var writer = scope.Writer;
        LoopEmitter.Prologue(scope);
        writer.Line("""
            var output = collector;
            output.Batch.Lane = batch.Lane;
            """);
        LoopEmitter.Loop(scope, value => writer.Line().Line(scope.Span.HasTimes ? $"output.Add({value}, time);" : $"output.Add({value});"));
        writer.Line().Line("output.Flush(batch.Lane);");
        CatchEmitter.Flush(scope, "batch.Lane");
        LoopEmitter.Epilogue(scope);
    }
}
