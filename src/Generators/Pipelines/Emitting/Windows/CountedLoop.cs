namespace Weir.Generators.Pipelines.Emitting.Windows;

/// <summary>Numbers of records: a record that fills its counter completes a window.</summary>
internal sealed class CountedLoop : WindowLoop
{
    public override string Operator => "Runtime.Operators.Windows.Counts.CountWindows";

    public override string Windows(string stage) => $"(CountWindow){stage}.Windows.Kind";

    // No record is late.
    public override bool? TakesLate(SpanScope scope) => false;

    public override string OnFailure => "window.End(lane)";

    public override void Prologue(SpanScope scope) =>
        scope.Writer.Line($"var counts = window.Begin({(scope.Span.HasTimes ? "true" : "batch.IsTimed")});");

    public override void Add(SpanScope scope, AggregateNames names, string value)
    {
        LookAhead(scope, names, "counts");
        var isOther = $"if (!counts.Holds(ref slot) || !({names.AreEqual("slot.Key", "key")}))";
        FindSlot(
            scope,
            names,
            "counts",
            "",
            "",
            $$"""
            slot = ref counts.Beside(hash);
            {{isOther}}
            {
                slot = ref owner.Find(in key, hash);
                counts = owner.Cursor;
            }
            """);
        Fold(scope, names, "slot.Value.Accumulator", value);
        using (scope.Writer.Open("if (++slot.Value.Count == counts.Size)"))
        {
            scope.Writer.Line("owner.Complete(ref slot);");
        }
    }

    public override void Flush(SpanScope scope)
    {
        scope.Writer.Line("owner.End(batch.Lane);");
    }
}
