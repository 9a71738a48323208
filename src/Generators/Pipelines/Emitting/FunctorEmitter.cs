using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>
/// Writes what a windowed aggregate is specialised on: how keys are told apart, how a pane begins and what it results in.
/// </summary>
internal static class FunctorEmitter
{
    public static void Emit(SourceWriter writer, string? file, AggregateStageModel stage, AggregateNames names)
    {
        var aggregate = stage.Aggregate!;
        var key = names.Key.Type;

        writer.Line();
        using (writer.Open($"file readonly struct {names.Functor}({string.Join(", ", Parameters(stage, key))}) : "
            + $"Runtime.Operators.Windows.IPaneFunctor<{key}, {names.Accumulator}, {stage.Out}>"))
        {
            if (names.HashesByCodec)
            {
                writer.Line($"private readonly Codec<{key}> _keys = Codecs.Of<{key}>();").Line();
                writer.Line($"public ulong Hash(in {key} __key) => Runtime.State.KeyHash.Of(_keys, in __key, seed);");
            }
            else
            {
                writer.Line($"public ulong Hash(in {key} __key) => {names.Hash("__key", "this", "seed")};");
            }

            writer.Line().Line($"public bool AreEqual(in {key} __left, in {key} __right) => {names.AreEqual("__left", "__right")};");
            writer.Line().Line($"public {names.Accumulator} Create() => {Initial(aggregate)};");
            Merge(writer, aggregate, names);
            writer.Line();
            Result(writer, file, stage, names, key);
        }
    }

    /// <summary>The arguments that a functor is made with, given the stage.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="stage">An expression for the stage.</param>
    public static IEnumerable<string> Arguments(AggregateModel aggregate, string stage)
    {
        yield return "context.Seed";
        if (aggregate is CustomAggregateModel custom)
        {
            yield return $"({StageTypes.Of(custom)})stage.Aggregate";
            if (custom.Result is DelegateFunctionModel or OwnFunctionModel)
            {
                yield return "stage.Result";
            }
        }

        foreach (var captured in CapturedOf(aggregate))
        {
            yield return CapturedText.Of(captured, stage);
        }
    }

    private static IEnumerable<string> Parameters(AggregateStageModel stage, string? key)
    {
        yield return "Runtime.State.KeySeed seed";
        if (stage.Aggregate is CustomAggregateModel custom)
        {
            yield return $"{StageTypes.Of(custom)} aggregate";
            if (custom.Result is DelegateFunctionModel or OwnFunctionModel)
            {
                yield return $"global::System.Func<{key}, TimeWindow, {custom.Value}, {stage.Out}> result";
            }
        }

        foreach (var captured in CapturedOf(stage.Aggregate!))
        {
            yield return $"{captured.Type} {CapturedText.InAggregate(captured.Kind, captured.Name)}";
        }
    }

    // What a reduction captured is the loop's.
    private static IEnumerable<CapturedModel> CapturedOf(AggregateModel aggregate) =>
        aggregate is CustomAggregateModel { CapturedByReduce.Count: > 0 } ? [] : aggregate.Captured;

    private static void Merge(SourceWriter writer, AggregateModel aggregate, AggregateNames names)
    {
        var canMerge = aggregate is not GroupAggregateModel { CanMerge: false };
        var body = !canMerge
            ? "throw new global::System.NotSupportedException(\"A fold takes records: two of its results cannot be merged.\")"
            : aggregate is CustomAggregateModel ? "aggregate.Merge(ref __pane, in __other)"
            : $"{names.Accumulator}.Merge(ref __pane, in __other)";
        writer.Line().Line($"public bool CanMerge => {(canMerge ? "true" : "false")};");
        writer.Line().Line($"public void Merge(ref {names.Accumulator} __pane, {names.Accumulator} __other) => {body};");
    }

    private static string Initial(AggregateModel aggregate)
    {
        if (aggregate is not GroupAggregateModel group)
        {
            return "aggregate.Create()";
        }

        var initial = new AccumulatorFields(group).All
            .Select(static field => (
                field.Name, Text: field.Seed is { } seed ? BodyText.Of(seed, CapturedText.InAggregate) : field.Initial))
            .Where(static field => field.Text is not null)
            .Select(static field => $"{field.Name} = {field.Text}")
            .ToArray();
        return initial.Length == 0 ? "default" : $"new() {{ {string.Join(", ", initial)} }}";
    }

    private static void Result(SourceWriter writer, string? file, AggregateStageModel stage, AggregateNames names, string? key)
    {
        // A method of a key that is a struct must change a copy, as it does behind 'g.Key': an 'in' sees to that. Keywords have none.
        if (stage.Aggregate is GroupAggregateModel taking
            && (taking.Captured.Any() || taking.Changed is not null || key?.All(char.IsLower) != true))
        {
            OfGroup(writer, file, WithCaptured(writer, taking, stage, names), taking, names.Accumulator);
            return;
        }

        writer.Line(FunctionEmitter.Framing);
        var header = $"public {stage.Out} Result({key} __key, TimeWindow __window, ref {names.Accumulator} __pane)";
        if (stage.Aggregate is GroupAggregateModel group)
        {
            OfGroup(writer, file, header, group, names.Accumulator);
            return;
        }

        var custom = (CustomAggregateModel)stage.Aggregate!;
        using (writer.Open(header))
        {
            writer.Line("var __value = aggregate.Result(in __pane);");
            if (custom.Result is { } result)
            {
                var name = result is DelegateFunctionModel or OwnFunctionModel ? "result" : "MakeResult";
                string[] arguments = TakesWindow(stage, result) ? ["__key", "__window", "__value"] : ["__key", "__value"];
                var answer = FunctionEmitter.Call(result, name, CapturedText.InAggregate, arguments);
                if (custom.Changed is { } changed && result is not (DelegateFunctionModel or OwnFunctionModel))
                {
                    FunctionEmitter.Statement(writer, file, $"return global::Weir.Change<{changed}>.First({answer});");
                }
                else
                {
                    FunctionEmitter.Statement(writer, file, $"return {answer};");
                }
            }
            else
            {
                writer.Line(custom.Changed is { } changed ? $"return global::Weir.Change<{changed}>.First(__value);" : "return __value;");
            }
        }

        if (custom.Reduce is MethodFunctionModel reduce)
        {
            writer.Line().Line(FunctionEmitter.InliningOf(reduce));
            FunctionEmitter.Header(writer, file, reduce, $"internal static {custom.Value} Reduce", custom.Value, custom.Value);
        }

        if (custom.Result is { } made)
        {
            string?[] types = TakesWindow(stage, made) ? [key, "TimeWindow", custom.Value] : [key, custom.Value];
            FunctionEmitter.Method(writer, file, made, "MakeResult", custom.Changed ?? stage.Out, types);
        }
    }

    // What is written for a running aggregate takes none; the stage's delegate always does.
    private static bool TakesWindow(AggregateStageModel stage, FunctionModel result) =>
        stage.Loops != WindowForms.Running || result is DelegateFunctionModel or OwnFunctionModel;

    private static void OfGroup(
        SourceWriter writer, string? file, string header, GroupAggregateModel group, string accumulator)
    {
        var body = BodyText.Of(group.Result, new AccumulatorFields(group), accumulator);
        if (group.Result.IsBlock)
        {
            writer.Line(header);
            FunctionEmitter.Mapped(writer, file, group.Span, "", body, "");
            return;
        }

        using (writer.Open(header))
        {
            FunctionEmitter.Mapped(writer, file, group.Span, "return ", body, ";");
        }
    }

    // A function in the result may not capture the parameters of a struct's constructor, but those of a static method.
    private static string WithCaptured(SourceWriter writer, GroupAggregateModel group, AggregateStageModel stage, AggregateNames names)
    {
        var arguments = CapturedText.Arguments(group.Captured, CapturedText.InAggregate);
        var parameters = $"{names.Key.Type} __key, TimeWindow __window, ref {names.Accumulator} __pane";
        var result = $"ResultOf(in __key, __window, ref __pane{arguments})";
        writer.Line($"public {stage.Out} Result({parameters}) => "
            + (group.Changed is { } changed ? $"global::Weir.Change<{changed}>.First({result});" : $"{result};"));
        writer.Line().Line(FunctionEmitter.Framing);
        var captured = CapturedText.Parameters(group.Captured, CapturedText.InAggregate);
        return $"private static {group.Changed ?? stage.Out} ResultOf(in {parameters}{captured})";
    }
}
