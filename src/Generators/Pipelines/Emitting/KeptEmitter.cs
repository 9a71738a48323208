using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes what each record does to what an accumulator keeps.</summary>
/// <remarks>
/// LINQ looks at records when the window fires, stops at the first that it looks for, and fails only if it is asked. So nothing is looked
/// at once it was found, and a record that makes a function throw is kept in place of the failure: whoever asks makes it fail again.
/// </remarks>
/// <param name="writer">Where to.</param>
/// <param name="file">The user's file.</param>
/// <param name="group">The aggregate.</param>
/// <param name="accumulator">The type of the accumulator.</param>
internal sealed class KeptEmitter(SourceWriter writer, string? file, GroupAggregateModel group, string accumulator)
{
    private readonly List<Action> _methods = [];
    private readonly string _parameters = CapturedText.Parameters(group.Captured, CapturedText.InAggregate);
    private readonly string _arguments = CapturedText.Arguments(group.Captured, CapturedText.InAggregate);
    private int _ordinal;

    /// <summary>Writes the statements for what is kept for one call, into the method that adds a record.</summary>
    public void Emit(KeptModel kept, KeptFields own)
    {
        string?[] guards = [kept.Failed is null ? null : $"!{own.HasFailed}", kept.Stops ? $"!{KeptText.Found(kept, own)}" : null];
        var guard = string.Join(" && ", guards.OfType<string>());
        if (guard.Length == 0)
        {
            Update(kept, own);
            return;
        }

        using (writer.Open($"if ({guard})"))
        {
            if (kept.Failed is null)
            {
                Update(kept, own);
            }
            else
            {
                writer.Line($"Try{own.Name}(ref __pane, in value0{_arguments});");
                _methods.Add(() => Failing(kept, own));
            }
        }

        writer.Line();
    }

    /// <summary>Writes the methods that the statements call.</summary>
    public void Methods()
    {
        // A method that is written may need others.
        for (var i = 0; i < _methods.Count; i++)
        {
            _methods[i]();
        }
    }

    private void Failing(KeptModel kept, KeptFields own)
    {
        writer.Line();
        using (writer.Open($"private static void Try{own.Name}(ref {accumulator} __pane, in {group.Record} value0{_parameters})"))
        {
            using (writer.Open("try"))
            {
                writer.Line($"Add{own.Name}(ref __pane, in value0{_arguments});");
            }

            using (writer.Open("catch (global::System.Exception)"))
            {
                writer.Line($"{own.Failed} = value0;").Line($"{own.HasFailed} = true;");
            }
        }

        writer.Line();
        using (writer.Open($"private static void Add{own.Name}(ref {accumulator} __pane, in {group.Record} value0{_parameters})"))
        {
            Update(kept, own);
        }

        writer.Line();
        using (writer.Open($"public static global::System.Exception Fail{own.Name}(ref {accumulator} __pane{_parameters})"))
        {
            writer.Line($"{group.Record} failed = {own.Failed};");
            writer.Line($"Add{own.Name}(ref __pane, in failed{_arguments});");
            writer.Line("return new global::System.InvalidOperationException("
                + "\"A function failed for a record, and did not when it was called again: it is not deterministic.\");");
        }
    }

    private void Update(KeptModel kept, KeptFields own)
    {
        var element = "value0";
        var nested = new Stack<SourceWriter.Block>();
        foreach (var step in kept.Steps)
        {
            var name = FormattableString.Invariant($"Step{++_ordinal}");
            var function = Framed(step.Function, step.In, step is MapStepModel { Out: var made } ? made : "bool");
            var answer = FunctionEmitter.Call(function, name, CapturedText.InAggregate, element);
            if (step is MapStepModel map)
            {
                var selected = FormattableString.Invariant($"value{_ordinal}");
                _methods.Add(() => FunctionEmitter.Method(writer, file, function, name, map.Out, step.In));
                FunctionEmitter.Statement(writer, file, $"{map.Out ?? "var"} {selected} = {answer};");
                element = selected;
            }
            else
            {
                _methods.Add(() => FunctionEmitter.Method(writer, file, function, name, "bool", step.In));
                var isKept = step is FilterStepModel { IsNegated: true } ? answer with { Text = $"!({answer.Text})" } : answer;
                FunctionEmitter.Statement(writer, file, $"if ({isKept})");
                nested.Push(writer.Open());
            }
        }

        writer.Line(KeptText.Update(kept, own, element, Extra(kept, own, element)));
        while (nested.Count > 0)
        {
            nested.Pop().Dispose();
        }
    }

    // Computes what a further function answers for the element: the key of MinBy, the fold of Aggregate.
    private string? Extra(KeptModel kept, KeptFields own, string element)
    {
        if (kept is not (ExtremeByModel or FoldModel))
        {
            return null;
        }

        var name = FormattableString.Invariant($"Step{++_ordinal}");
        var extra = FormattableString.Invariant($"extra{_ordinal}");
        switch (kept)
        {
            case ExtremeByModel by:
                var key = Framed(by.Key, by.Element.Name, by.KeyType.Name);
                _methods.Add(() => FunctionEmitter.Method(writer, file, key, name, by.KeyType.Name, by.Element.Name));
                var made = FunctionEmitter.Call(key, name, CapturedText.InAggregate, element);
                FunctionEmitter.Statement(writer, file, $"{by.KeyType.Name} {extra} = {made};");
                break;
            case FoldModel fold:
                var step = Framed(fold.Fold, fold.Element, fold.Type.Name);
                _methods.Add(() => FunctionEmitter.Method(writer, file, step, name, fold.Type.Name, fold.Type.Name, fold.Element));
                var folded = FunctionEmitter.Call(step, name, CapturedText.InAggregate, own.Value, element);
                FunctionEmitter.Statement(writer, file, $"{fold.Type.Name} {extra} = {folded};");
                break;
        }

        return extra;
    }

    // What may throw is a method of its own, if its types have names: stack traces name its line.
    private static FunctionModel Framed(FunctionModel function, params string?[] types) =>
        function is InlineFunctionModel { MayThrow: true } inline && !types.Contains(null)
            ? new MethodFunctionModel
            {
                Body = inline.Body,
                Parameters = inline.Parameters,
                MayThrow = true,
                Span = inline.Span,
            }
            : function;
}
