namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that ends in an operator with state by key: it hands over each record with its key.</summary>
internal static class ProcessKernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        var writer = scope.Writer;
        var stage = KernelEmitter.StageAt(scope, scope.Count - 1);
        var operates = $"Runtime.Operators.Keyed.ProcessByKey<{scope.Last.In}, {scope.KeyBy.Key.Type}, {scope.Last.Out}>";
        KernelEmitter.Class(
            scope,
            [$"{operates} process"],
            "process",
            () =>
            {
                LoopEmitter.Prologue(scope);
                writer.Line("var owner = process;");
                LoopEmitter.Loop(scope, value =>
                {
                    writer.Line().Line(FormattableString.Invariant(
                        $"// {System.IO.Path.GetFileName(scope.Last.File)}({scope.Last.Line}): {scope.Last.Verb}"));
                    writer.Line($"owner.OnRecord({value}, {scope.Time}, key);");
                });
                writer.Line();
                Flush(scope);
                LoopEmitter.Epilogue(scope);
            },
            () => writer.Line("process.Flush();"));
        KernelEmitter.Factory(scope, $"var process = new {operates}(context, {stage});", ["process"], "process");
    }

    /// <summary>Writes what is done when the loop ends, and where it stops.</summary>
    public static void Flush(SpanScope scope) => scope.Writer.Line("owner.Flush();");
}
