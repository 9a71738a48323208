using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the class of one loop and the factory that the runtime builds it by.</summary>
internal static class KernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        switch (scope.Span.Kind)
        {
            case SpanKind.Stateless:
                StatelessKernelEmitter.Emit(scope);
                break;
            case SpanKind.Split:
                SplitKernelEmitter.Emit(scope);
                break;
            case SpanKind.Exchange:
                ExchangeKernelEmitter.Emit(scope);
                break;
            case SpanKind.Process:
                ProcessKernelEmitter.Emit(scope);
                break;
            default:
                AggregateKernelEmitter.Emit(scope);
                break;
        }
    }

    /// <summary>Writes the kernel's class.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="output">Its first constructor parameters: what takes in the records.</param>
    /// <param name="next">Who gets the watermarks.</param>
    /// <param name="body">Writes the body of <c>OnBatch</c>.</param>
    /// <param name="flush">Passes on what came of the records before one that fails; null if there is nothing to pass on.</param>
    public static void Class(SpanScope scope, IEnumerable<string> output, string next, Action body, Action? flush = null)
    {
        var writer = scope.Writer;
        var parameters = new List<string>(output);
        if (scope.MayStop)
        {
            parameters.Add("Runtime.Streams.Flow flow");
        }

        if (scope.Clock is not null)
        {
            parameters.Add("Runtime.Time.EventTimeClock clock");
        }

        if (scope.Span.CatchesErrors)
        {
            parameters.Add(CatchEmitter.Parameter(scope));
        }

        parameters.AddRange(scope.Functions()
            .Where(static function => function.Stage.Function is DelegateFunctionModel)
            .Select(static function => $"{StageTypes.DelegateOf(function.Stage)} {LoopEmitter.Field(function.Name)}"));
        parameters.AddRange(scope.Captured()
            .Where(one => IsOfLoop(scope, one.Position))
            .Select(static one => $"{one.Captured.Type} {CapturedText.Parameter(one.Function, one.Captured)}"));

        var input = scope.First.In;
        writer.Line().Line($"file sealed class {scope.Name}(");
        writer.Line("    " + string.Join(",\n    ", parameters) + ")");
        var clock = scope.Clock is not null ? ", clock" : "";
        using (writer.Open(scope.MayStop ? $"    : ExpandingKernel<{input}>({next}, flow{clock})"
            : $"    : Kernel<{input}>({next}{clock})"))
        {
            if (scope.MayStop)
            {
                ExpansionEmitter.Members(scope);
            }

            using (writer.Open(scope.MayStop ? $"protected override bool Run(Batch<{input}> batch)"
                : $"public override void OnBatch(Batch<{input}> batch)"))
            {
                body();
            }

            if (flush is not null)
            {
                writer.Line();
                using (writer.Open("public override void OnFailure(int lane)"))
                {
                    flush();
                }
            }
        }
    }

    /// <summary>Writes the factory's class.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="before">Statements that make what the kernel hands records to.</param>
    /// <param name="output">That, as the first arguments of the kernel.</param>
    /// <param name="next">Who gets the watermarks.</param>
    public static void Factory(SpanScope scope, string before, IEnumerable<string> output, string next)
    {
        var writer = scope.Writer;
        var arguments = new List<string>(output);
        if (scope.MayStop)
        {
            arguments.Add("context.Flow");
        }

        if (scope.Clock is not null)
        {
            arguments.Add($"context.Clock({StageAt(scope, scope.Clock.Value)}, {next})");
        }

        if (scope.Span.CatchesErrors)
        {
            arguments.Add(CatchEmitter.Argument(scope));
        }

        arguments.AddRange(scope.Functions()
            .Where(static function => function.Stage.Function is DelegateFunctionModel)
            .Select(function => StageTypes.DelegateFrom(
                function.Stage,
                function.Stage is not KeyByStageModel ? StageAt(scope, function.Position)
                    : scope.Last is AggregateStageModel ? $"{StageAt(scope, scope.Count - 1)}.Keyed"
                    : scope.Last is ProcessStageModel ? StageAt(scope, scope.Count - 1)
                    : StageAt(scope, function.Position))));
        arguments.AddRange(scope.Captured()
            .Where(one => IsOfLoop(scope, one.Position))
            .Select(static one => CapturedText.Of(one.Captured, CapturedText.StageAt(one.Position))));

        writer.Line();
        using (writer.Open(FormattableString.Invariant($"file sealed class {scope.Name}Span() : SpanFactory({scope.Count})")))
        {
            CapturedText.Fits(writer, scope);
            if (scope.Last is AggregateStageModel { Aggregate: GroupAggregateModel { DependsOnOrder: true } or RecordsModel } last)
            {
                writer.Line($"public override MergeOrder Merges => MergeOrder.{(last.Aggregate.CanMerge ? "Arrival" : "None")};").Line();
            }

            using (writer.Open($"public override object Build(SpanContext context)"))
            {
                writer.Line(before);
                var made = $"new {scope.Name}(\n    {string.Join(",\n    ", arguments)})";
                writer.Line(scope.MayStop ? $"return context.Resumed({made});" : $"return {made};");
            }
        }
    }

    /// <summary>
    /// Whether the loop itself needs what a stage's function captured; the result of a custom aggregate is its functor's, a reduction the
    /// loop's.
    /// </summary>
    public static bool IsOfLoop(SpanScope scope, int position) =>
        position < 0 || scope.Stage(position) is not AggregateStageModel { Aggregate: CustomAggregateModel { CapturedByReduce.Count: 0 } };

    /// <summary>An expression for a stage of the span.</summary>
    public static string StageAt(SpanScope scope, int position)
    {
        var type = scope.Stage(position) switch
        {
            FunctionStageModel stage => StageTypes.Of(stage),
            ProcessStageModel stage => StageTypes.Of(stage, scope.KeyBy),
            _ => StageTypes.Of(scope.Aggregated, scope.KeyBy),
        };
        return FormattableString.Invariant($"context.Stage<{type}>({position})");
    }

    public static string Describe(SpanScope scope) =>
        string.Join(" → ", scope.Span.Stages.Select(index => scope.Pipeline.Stages[index].Verb))
        + (scope.Span.Kind == SpanKind.Exchange ? " → exchange by key" : "");
}
