namespace Weir.Generators.Pipelines.Emitting.Windows;

/// <summary>No windows: each record is added to what there is of its key so far, and the result goes on with it.</summary>
internal sealed class RunningLoop : WindowLoop
{
    public override string Operator => "Runtime.Operators.Keyed.RunningAggregate";

    public override string? Windows(string stage) => null;

    // No record is late.
    public override bool? TakesLate(SpanScope scope) => false;

    public override string OnFailure => "window.Flush(lane)";

    public override void Prologue(SpanScope scope) => scope.Writer.Line("window.Begin(batch.Lane);");

    public override void Add(SpanScope scope, AggregateNames names, string value)
    {
        var writer = scope.Writer;
        writer.Line($"ref var slot = ref owner.Find(in key, {names.Hash("key", "functor", "seed")});");
        Fold(scope, names, "slot.Value", value);
        writer.Line(scope.Span.HasTimes ? "owner.Emit(ref slot, time, isTimed: true);" : "owner.Emit(ref slot, 0, isTimed: false);");
    }

    public override void Flush(SpanScope scope) => scope.Writer.Line("owner.Flush(batch.Lane);");
}
