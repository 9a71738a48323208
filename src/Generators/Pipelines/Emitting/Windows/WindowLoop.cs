using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting.Windows;

/// <summary>What a loop writes that adds to windows of one form: it says of each operator how records get into it.</summary>
internal abstract class WindowLoop
{
    /// <summary>Gets the operator's class.</summary>
    public abstract string Operator { get; }

    /// <summary>Gets the type arguments that it has before those that all have.</summary>
    public virtual string Before(AggregateModel aggregate) => "";

    /// <summary>Gets the expression for the windows that its constructor takes, given the stage; null if it takes none.</summary>
    public abstract string? Windows(string stage);

    /// <summary>The loop of a form.</summary>
    public static WindowLoop Of(WindowForms form) => form switch
    {
        WindowForms.Sliced => new SlicedLoop(),
        WindowForms.Session => new SessionLoop(),
        WindowForms.Counted => new CountedLoop(),
        WindowForms.General => new GeneralLoop(),
        WindowForms.Running => new RunningLoop(),
        _ => throw new InvalidOperationException($"There is no loop for windows of the form {form}."),
    };

    /// <summary>Whether the loop has late records to give away; null if that is known only then.</summary>
    public virtual bool? TakesLate(SpanScope scope) => scope.Aggregated.TakesLate;

    /// <summary>Writes the local that says where accumulators are.</summary>
    public abstract void Prologue(SpanScope scope);

    /// <summary>Writes what happens to a record.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="names">The names of what is generated for the aggregate.</param>
    /// <param name="value">The record.</param>
    public abstract void Add(SpanScope scope, AggregateNames names, string value);

    /// <summary>Writes what is done when the loop ends, and where it stops.</summary>
    public virtual void Flush(SpanScope scope)
    {
        if (TakesLate(scope) != false)
        {
            scope.Writer.Line(TakesLate(scope) == true ? "late.Flush(lane: 0);" : "late?.Flush(lane: 0);");
        }
    }

    /// <summary>Gets what passes on the results of the records before one that fails; null if there is nothing to pass on.</summary>
    public virtual string? OnFailure => null;

    /// <summary>Gets a condition, besides a lack of room, under which no further record can be taken; null if there is none.</summary>
    public virtual string? IsFull => null;

    /// <summary>Writes what a late record meets.</summary>
    protected void OnLate(SpanScope scope, string value)
    {
        var add = $"late.Add({value}, {scope.Time});";
        scope.Writer.Line(TakesLate(scope) switch
        {
            true => add,
            false => "owner.OnLate();",
            null => $"if (late is null)\n{{\n    owner.OnLate();\n}}\nelse\n{{\n    {add}\n}}\n",
        });
    }

    /// <summary>Writes how a key's slot is found by a cursor.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="names">The names of what is generated for the aggregate.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="by">What it takes besides the hash; ends with a comma, or is nothing.</param>
    /// <param name="more">What must hold of the slot besides; begins with <c>||</c>, or is nothing.</param>
    /// <param name="miss">What is done if it is not the one.</param>
    protected static void FindSlot(SpanScope scope, AggregateNames names, string cursor, string by, string more, string miss)
    {
        var writer = scope.Writer;
        writer.Line($"var hash = {names.Hash("key", "functor", "seed")};");
        writer.Line($"ref var slot = ref {cursor}.Home({by}hash);");
        using (writer.Open($"if (!{cursor}.Holds(ref slot) || !({names.AreEqual("slot.Key", "key")}){more})"))
        {
            writer.Line(miss);
        }

        writer.Line();
    }

    /// <summary>Writes what adds a record to an accumulator.</summary>
    protected static void Fold(SpanScope scope, AggregateNames names, string accumulator, string value)
    {
        if (scope.Aggregated.Aggregate is CustomAggregateModel { Reduce: { } reduce })
        {
            // The first record is the value; each further one is reduced with it.
            var makes = FunctionEmitter.Call(
                reduce, $"{names.Functor}.Reduce", CapturedText.InLoop(scope.AggregateName), $"{accumulator}.Value", value);
            using (scope.Writer.Open($"if ({accumulator}.HasValue)"))
            {
                FunctionEmitter.Statement(scope.Writer, scope.Last.File, $"{accumulator}.Value = {makes};");
            }

            using (scope.Writer.Open("else"))
            {
                scope.Writer.Line($"{accumulator}.Value = {value};\n{accumulator}.HasValue = true;");
            }

            return;
        }

        if (scope.Aggregated.Aggregate is RecordsModel)
        {
            scope.Writer.Line($"{accumulator}.Add({value});");
            return;
        }

        var adds = scope.Aggregated.Aggregate is CustomAggregateModel ? "fold" : names.Accumulator;
        var captured = scope.Aggregated.Aggregate is GroupAggregateModel group
            ? CapturedText.Arguments(group.Captured, CapturedText.InLoop(scope.AggregateName)) : "";
        scope.Writer.Line($"{adds}.Add(ref {accumulator}, in {value}{captured});");
    }

    /// <summary>
    /// Writes what has slots in the cache in time. The keys of records that no verb before KeyBy makes anew are the batch's.
    /// </summary>
    /// <param name="scope">The span.</param>
    /// <param name="names">The names of what is generated for the aggregate.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="byTime">Whether the slot depends on the time of the record, too.</param>
    protected static void LookAhead(SpanScope scope, AggregateNames names, string cursor, bool byTime = false)
    {
        var (stage, name, _) = scope.Functions().Last(static function => function.Stage is KeyByStageModel);
        if (!scope.KeyBy.AllowsLookahead || scope.HasMany
            || scope.Stages.TakeWhile(before => before != stage).Any(static before => before is RecordStageModel { Kind: RecordKind.Map }))
        {
            return;
        }

        var writer = scope.Writer;
        using (writer.Open($"if ({cursor}.IsLarge)"))
        {
            writer.Line($"""
                var next = global::System.Math.Min(i + Runtime.Operators.Windows.Lookahead.Records, values.Length - 1);
                ref readonly var ahead = ref {LoopEmitter.Unsafe}.Add(ref first, next);
                """);
            var key = FunctionEmitter.Call(stage.Function, name, CapturedText.InLoop(name), "ahead").Text;
            var time = byTime ? ", " + TimeAhead(scope) : "";
            var fetch = $"{cursor}.Fetch({names.Hash(key, "functor", "seed")}{time});";
            writer.Line(scope.KeyBy.TakesNull ? $"if (ahead is not null)\n{{\n    {fetch}\n}}" : fetch);
        }

        writer.Line();
    }

    // The time of the record "ahead". Where the loop may not read it before its turn that of this record, which is as good while records
    // come in order.
    private static string TimeAhead(SpanScope scope)
    {
        if (scope.Span.ReadsTimes)
        {
            return $"{LoopEmitter.Unsafe}.Add(ref firstTime, next)";
        }

        var (stage, name, _) = scope.Functions()
            .LastOrDefault(static function => function.Stage is RecordStageModel { Kind: RecordKind.AssignTime });
        if (stage is not RecordStageModel { AllowsLookahead: true })
        {
            return "time";
        }

        var instant = FunctionEmitter.Call(stage.Function, name, CapturedText.InLoop(name), "ahead").Text;
        return stage.ResultType == "long" ? instant : $"EventTime.Of({instant})";
    }
}
