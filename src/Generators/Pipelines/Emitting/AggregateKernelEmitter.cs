using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that ends in <c>Aggregate</c>: it finds each record's pane and adds to it.</summary>
internal static class AggregateKernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        var writer = scope.Writer;
        var aggregated = scope.Aggregated;
        var aggregate = aggregated.Aggregate!;
        var custom = aggregate as CustomAggregateModel;
        var names = AggregateNames.Of(scope);
        var loop = scope.Windows!;
        var takesLate = loop.TakesLate(scope);
        KernelEmitter.Class(scope, Parameters(), "window", () =>
        {
            LoopEmitter.Prologue(scope);
            loop.Prologue(scope);
            writer.Line("var owner = window;");
            if (!names.HashesByCodec && scope.Span.Form != WindowForms.General)
            {
                writer.Line("var seed = window.Seed;");
            }

            if (custom is not null)
            {
                writer.Line("var fold = aggregate;");
            }

            LoopEmitter.Loop(scope, value =>
            {
                writer.Line().Line(FormattableString.Invariant(
                    $"// {System.IO.Path.GetFileName(scope.Last.File)}({scope.Last.Line}): {scope.Last.Verb}"));
                if (names.HashesByCodec)
                {
                    RefuseNull(scope);
                }

                loop.Add(scope, names, value);
            });
            if (takesLate != false || scope.Span.Form is WindowForms.Counted or WindowForms.General or WindowForms.Running)
            {
                writer.Line();
                loop.Flush(scope);
            }

            LoopEmitter.Epilogue(scope);
        }, loop.OnFailure is { } flush ? () => writer.Line($"{flush};") : null);

        if (aggregate.IsForProcess)
        {
            KernelEmitter.Factory(
                scope,
                $"""
                var stage = {KernelEmitter.StageAt(scope, scope.Count - 1)};
                var window = Runtime.Operators.Windows.Triggered.ProcessedWindows.Of(context, stage);
                """,
                Arguments(),
                "window");
            return;
        }

        var accumulatorCodec = custom is null ? $"new {names.Codec}()" : $"Codecs.Of<{names.Accumulator}>()";
        var windows = loop.Windows("stage") is { } given ? given + ", " : "";
        var before = $"""
            var stage = {KernelEmitter.StageAt(scope, scope.Count - 1)};
            var functor = new {names.Functor}({string.Join(", ", FunctorEmitter.Arguments(aggregate, "stage"))});
            var window = new {names.Window}(context, stage.Id, {windows}functor, {accumulatorCodec});
            """;
        KernelEmitter.Factory(scope, before, Arguments(), "window");

        IEnumerable<string> Parameters()
        {
            yield return $"{names.Window} window";
            if (custom is not null)
            {
                yield return $"{StageTypes.Of(custom)} aggregate";
            }

            if (names.HashesByCodec && scope.Span.Form != WindowForms.General)
            {
                yield return $"{names.Functor} functor";
            }

            if (takesLate != false)
            {
                yield return $"Runtime.Streams.Collector<{aggregate.Record}>{(takesLate is null ? "?" : "")} late";
            }
        }

        IEnumerable<string> Arguments()
        {
            yield return "window";
            if (custom is not null)
            {
                yield return $"({StageTypes.Of(custom)})stage.Aggregate";
            }

            if (names.HashesByCodec && scope.Span.Form != WindowForms.General)
            {
                yield return "functor";
            }

            if (takesLate != false)
            {
                var late = aggregate.IsForProcess ? "stage.Windows.Late" : "stage.Late";
                yield return takesLate == true ? $"context.Collector({late}!)" : $"{late} is {{ }} given ? context.Collector(given) : null";
            }
        }
    }

    /// <summary>Writes what stops a record without a key.</summary>
    public static void RefuseNull(SpanScope scope)
    {
        if (!scope.KeyBy.Key.CanBeNull)
        {
            return;
        }

        var where = FormattableString.Invariant($"{System.IO.Path.GetFileName(scope.KeyBy.File)}({scope.KeyBy.Line})");
        using (scope.Writer.Open("if (key is null)"))
        {
            scope.Writer.Line($"throw new Runtime.Operators.NullKeyException({CSharpNames.Literal("KeyBy at " + where)});");
        }

        scope.Writer.Line();
    }
}
