using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that ends in <c>Aggregate</c>: it finds each record's accumulator and adds to it.</summary>
internal static class AggregateKernelEmitter
{
    private const string Lookahead = "Runtime.Operators.Windows.Lookahead";

    public static void Emit(SpanScope scope)
    {
        var writer = scope.Writer;
        var aggregated = scope.Aggregated;
        var aggregate = aggregated.Aggregate!;
        var custom = aggregate as CustomAggregateModel;
        var names = AggregateNames.Of(scope.Pipeline, scope.Span.Stages[scope.Count - 1], scope.KeyBy, scope.Span.Form);
        var takesLate = WindowLoopEmitter.TakesLate(scope);
        KernelEmitter.Class(scope, Parameters(), "window", () =>
        {
            LoopEmitter.Prologue(scope);
            writer.Line($"""
                var {WindowLoopEmitter.Cursor} = {WindowLoopEmitter.Begin(scope)};
                var owner = window;
                """);
            if (!names.HashesByCodec)
            {
                writer.Line("var seed = window.Seed;");
            }

            if (custom is not null)
            {
                writer.Line("var fold = aggregate;");
            }

            LoopEmitter.Loop(scope, value => Add(scope, names, value));
            WindowLoopEmitter.End(scope);
            LoopEmitter.Epilogue(scope);
        });

        var accumulatorCodec = custom is null ? $"new {names.Codec}()" : $"Codecs.Of<{names.Accumulator}>()";
        var kind = WindowLoopEmitter.KindOf(scope.Span.Form);
        var before = $"""
            var stage = {KernelEmitter.StageAt(scope, scope.Count - 1)};
            var functor = new {names.Functor}({string.Join(", ", FunctorEmitter.Arguments(aggregate, "stage"))});
            var window = new {names.Window}(context, stage.Id, ({kind})stage.Windows.Kind, functor, {accumulatorCodec});
            """;
        KernelEmitter.Factory(scope, before, Arguments(), "window");

        IEnumerable<string> Parameters()
        {
            yield return $"{names.Window} window";
            if (custom is not null)
            {
                yield return $"{StageTypes.Of(custom)} aggregate";
            }

            if (names.HashesByCodec)
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

            if (names.HashesByCodec)
            {
                yield return "functor";
            }

            if (takesLate != false)
            {
                yield return takesLate == true ? "context.Collector(stage.Late!)"
                    : "stage.Late is { } given ? context.Collector(given) : null";
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

    // The keys of records that no verb in front of KeyBy makes anew are those of the batch.
    private static void LookAhead(SpanScope scope, AggregateNames names)
    {
        var (stage, name, position) = scope.Functions().Last(static function => function.Stage is KeyByStageModel);
        if (!scope.KeyBy.AllowsLookahead || scope.HasMany
            || scope.Stages.TakeWhile(before => before != stage).Any(static before => before is RecordStageModel { Kind: RecordKind.Map }))
        {
            return;
        }

        var writer = scope.Writer;
        using (writer.Open($"if ({WindowLoopEmitter.Cursor}.IsLarge)"))
        {
            writer.Line($"""
                ref readonly var ahead = ref {LoopEmitter.Unsafe}.Add(
                    ref first, global::System.Math.Min(i + {Lookahead}.Records, values.Length - 1));
                """);
            var key = FunctionEmitter.Call(stage.Function, name, CapturedText.InLoop(name), "ahead").Text;
            var fetch = $"{WindowLoopEmitter.Cursor}.Fetch({names.Hash(key, "functor", "seed")});";
            writer.Line(scope.KeyBy.TakesNull ? $"if (ahead is not null)\n{{\n    {fetch}\n}}" : fetch);
        }

        writer.Line();
    }

    private static void Add(SpanScope scope, AggregateNames names, string value)
    {
        var writer = scope.Writer;
        writer.Line().Line(FormattableString.Invariant(
            $"// {System.IO.Path.GetFileName(scope.Last.File)}({scope.Last.Line}): Aggregate"));
        if (names.HashesByCodec)
        {
            RefuseNull(scope);
        }

        LookAhead(scope, names);
        var adds = scope.Aggregated.Aggregate is CustomAggregateModel ? "fold" : names.Accumulator;
        var captured = scope.Aggregated.Aggregate is GroupAggregateModel group
            ? CapturedText.Arguments(group.Captured, CapturedText.InLoop(scope.AggregateName)) : "";
        WindowLoopEmitter.Add(scope, names, value, accumulator => $"{adds}.Add(ref {accumulator}, in {value}{captured});");
    }
}
