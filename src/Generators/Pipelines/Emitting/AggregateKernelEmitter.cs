using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that ends in <c>Aggregate</c>: it finds each record's pane and adds to it.</summary>
internal static class AggregateKernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        var writer = scope.Writer;
        var names = AggregateNames.Of(scope.Pipeline, scope.Span.Stages[scope.Count - 1], scope.KeyBy);
        var isGroup = scope.Last.Aggregate!.Kind == AggregateKind.Group;
        var parameter = $"{names.Window} window" + (isGroup ? "" : $",\n    {scope.Last.Aggregate.Aggregate} aggregate")
            + (names.HashesByCodec ? $",\n    {names.Functor} functor" : "")
            + (scope.Last.TakesLate ? $",\n    global::Weir.Runtime.Streams.Collector<{scope.Last.Aggregate.Record}> late" : "");
        KernelEmitter.Class(scope, parameter, "window", () =>
        {
            LoopEmitter.Prologue(scope);
            writer.Line("""
                var panes = window.Cursor;
                var owner = window;
                """);
            if (!names.HashesByCodec)
            {
                writer.Line("var seed = window.Seed;");
            }

            if (!isGroup)
            {
                writer.Line("var fold = aggregate;");
            }

            LoopEmitter.Loop(scope, value => Add(scope, names, value, isGroup));
            if (scope.Last.TakesLate)
            {
                writer.Line().Line("late.Flush(lane: 0);");
            }

            LoopEmitter.Epilogue(scope);
        });

        var stage = KernelEmitter.StageAt(scope, scope.Count - 1);
        var before = $"""
            var stage = {stage};
            var functor = new {names.Functor}({FunctorEmitter.Arguments(scope.Last.Aggregate)});
            var window = new {names.Window}(context, stage.Id, stage.Window, functor, {(isGroup ? $"new {names.Codec}()" : $"global::Weir.Codecs.Of<{names.Accumulator}>()")});
            """;
        var argument = "window"
            + (isGroup ? "" : $",\n    ({scope.Last.Aggregate.Aggregate})stage.Aggregate")
            + (names.HashesByCodec ? ",\n    functor" : "")
            + (scope.Last.TakesLate ? ",\n    context.Collector(stage.Late!)" : "");
        KernelEmitter.Factory(scope, before, argument, "window");
    }

    /// <summary>Writes what stops a record without a key.</summary>
    public static void RefuseNull(SpanScope scope)
    {
        if (scope.KeyBy.Key is { CanBeNull: false })
        {
            return;
        }

        var where = FormattableString.Invariant($"{System.IO.Path.GetFileName(scope.Pipeline.File)}({scope.KeyBy.Line})");
        using (scope.Writer.Open("if (key is null)"))
        {
            scope.Writer.Line($"throw new global::Weir.Runtime.Operators.NullKeyException(\"KeyBy at {where}\");");
        }

        scope.Writer.Line();
    }

    private static void Add(SpanScope scope, AggregateNames names, string value, bool isGroup)
    {
        var writer = scope.Writer;
        writer.Line().Line(FormattableString.Invariant(
            $"// {System.IO.Path.GetFileName(scope.Pipeline.File)}({scope.Last.Line}): Aggregate"));
        if (names.HashesByCodec)
        {
            RefuseNull(scope);
        }

        using (writer.Open("if (!panes.Covers(time))"))
        {
            writer.Line("panes = owner.Locate(time);");
            using (writer.Open("if (!panes.IsOpen)"))
            {
                writer.Line(scope.Last.TakesLate ? $"late.Add({value}, time);" : "owner.OnLate();").Line("continue;");
            }
        }

        writer.Line();
        writer.Line($"var hash = {names.Hash("key", "functor", "seed")};");
        writer.Line("ref var slot = ref panes.Home(hash);");
        using (writer.Open($"if (!panes.Holds(ref slot) || !({names.AreEqual("slot.Key", "key")}))"))
        {
            writer.Line("slot = ref owner.Find(in key, hash);\npanes = owner.Cursor;");
        }

        writer.Line();
        writer.Line(isGroup ? $"{names.Accumulator}.Add(ref slot.Value, in {value});" : $"fold.Add(ref slot.Value, in {value});");
    }
}
