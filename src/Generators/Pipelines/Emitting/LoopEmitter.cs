using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the loop over a batch: each stage of the span in turn, then what the caller does with the record that is left.</summary>
internal static class LoopEmitter
{
    /// <summary>The class that reaches into arrays without checks.</summary>
    public const string Unsafe = "Unsafe";
    private const string MemoryMarshal = "MemoryMarshal";

    /// <summary>Writes the locals that the loop reads from.</summary>
    public static void Prologue(SpanScope scope)
    {
        var writer = scope.Writer;
        writer.Line($"""
            var values = batch.Values;
            ref var first = ref {MemoryMarshal}.GetReference(values);
            """);
        if (scope.Span.ReadsTimes)
        {
            writer.Line($"ref var firstTime = ref {MemoryMarshal}.GetReference(batch.Times);");
        }

        if (scope.MayStop)
        {
            ExpansionEmitter.Prologue(scope);
        }
        else if (scope.Clock is not null)
        {
            writer.Line("var latest = long.MinValue;");
        }

        if (scope.Marks is { } marked)
        {
            writer.Line($"var marks = clock.MarksOf<{marked.Taken}>();\nmarks?.Begin(batch.Lane);");
        }

        foreach (var (_, name, _) in scope.Functions().Where(static function => function.Stage.Function is DelegateFunctionModel))
        {
            writer.Line($"var call{name} = {Field(name)};");
        }

        foreach (var (captured, function, _) in scope.Captured().Where(one => KernelEmitter.IsOfLoop(scope, one.Position)))
        {
            var local = CapturedText.InLoop(function)(captured.Kind, captured.Name);
            writer.Line($"var {local} = {CapturedText.Parameter(function, captured)};");
        }
    }

    /// <summary>Writes the loop.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="last">Writes what happens to a record behind the last stage, given its name.</param>
    public static void Loop(SpanScope scope, Action<string> last)
    {
        var writer = scope.Writer;
        var value = "value0";
        var nested = new Stack<Infrastructure.SourceWriter.Block>();
        using (writer.Open(scope.MayStop ? "for (var i = Position; i < values.Length; i++)" : "for (var i = 0; i < values.Length; i++)"))
        {
            if (scope.HasMany)
            {
                nested.Push(ExpansionEmitter.Unless(scope, 0));
            }
            else
            {
                ExpansionEmitter.Stop(scope);
            }

            writer.Line($"ref readonly var value0 = ref {Unsafe}.Add(ref first, i);");
            if (scope.Span.ReadsTimes)
            {
                AssignTime(scope, 0, $"{Unsafe}.Add(ref firstTime, i)");
            }

            foreach (var (stage, name, position) in scope.Functions()
                .Where(function => !scope.Span.FiltersLast || function.Position < scope.Count - 1))
            {
                value = Step(scope, stage, name, position, value, nested);
            }

            last(value);
            while (nested.Count > 0)
            {
                nested.Pop().Dispose();
            }
        }
    }

    /// <summary>Writes what reports the latest event time, once the records have been passed on.</summary>
    public static void Epilogue(SpanScope scope)
    {
        if (scope.MayStop)
        {
            ExpansionEmitter.Epilogue(scope);
        }

        if (scope.Clock is not null)
        {
            scope.Writer.Line("clock.Observe(batch.Lane, latest);");
        }

        if (scope.MayStop)
        {
            scope.Writer.Line("return true;");
        }
    }

    /// <summary>The constructor parameter that holds the delegate of a function.</summary>
    public static string Field(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>Writes where in the user's file the next lines come from.</summary>
    public static void Origin(SpanScope scope, StageModel stage) =>
        scope.Writer.Line().Line(FormattableString.Invariant($"// {stage.Verb}, line {stage.Line}"));

    /// <summary>Writes what makes the time of a record of the instant that its function answered, and tells the clock.</summary>
    public static void Tell(SpanScope scope, FunctionStageModel stage, int position, string value)
    {
        AssignTime(scope, position, stage.ResultType == "long" ? "instant" : "EventTime.Of(instant)");
        scope.Writer.Line("latest = global::System.Math.Max(latest, time);");
        if (scope.Marks == stage)
        {
            scope.Writer.Line($"marks?.OnRecord(in {value}, time);");
        }
    }

    // The time of a record that many are made of outlives the part of the loop that reads it.
    private static void AssignTime(SpanScope scope, int position, string time) =>
        scope.Writer.Line(scope.KeepsTime && !scope.IsBehindMany(position) ? $"time = {time};" : $"var time = {time};");

    private static string Step(
        SpanScope scope, FunctionStageModel stage, string name, int position, string value, Stack<Infrastructure.SourceWriter.Block> nested)
    {
        var writer = scope.Writer;
        var next = FormattableString.Invariant($"value{position + 1}");
        var answer = FunctionSet.Call(stage, name, value);
        void Statement(FormattableString statement) => FunctionEmitter.Statement(writer, stage.File, statement);

        Origin(scope, stage);
        switch (stage)
        {
            case RecordStageModel record when scope.Span.CatchesErrors && position == scope.Count - 1:
                return CatchEmitter.Step(scope, record, (answer, value, next), position, nested);
            case RecordStageModel { Kind: RecordKind.AssignTime }:
                Statement($"{stage.ResultType} instant = {answer};");
                Tell(scope, stage, position, value);
                return value;
            case RecordStageModel { Kind: RecordKind.Filter }:
                Statement($"if (!({answer}))");
                writer.Line("{\n    continue;\n}");
                return value;
            case RecordStageModel { Kind: RecordKind.Map }:
                Statement($"{stage.Out ?? "var"} {next} = {answer};");
                return next;
            case RecordStageModel { Kind: RecordKind.Pair }:
                Statement($"var {next} = ({value}, {answer});");
                return next;
            case RecordStageModel { Kind: RecordKind.Expand }:
                Statement($"{ExpansionEmitter.NameOf(position)}.Open({answer});");
                nested.Pop().Dispose();
                ExpansionEmitter.Take(scope, position, next, nested);
                return next;
            case SplitStageModel:
                // What comes of it is for who writes the records.
                return value;
            case KeyByStageModel keyBy:
                Statement($"{keyBy.Key.Type} key = {answer};");
                return value;
            default:
                throw new InvalidOperationException($"{stage.Verb} has no text.");
        }
    }
}
