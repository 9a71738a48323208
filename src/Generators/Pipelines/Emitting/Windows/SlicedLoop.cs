namespace Weir.Generators.Pipelines.Emitting.Windows;

/// <summary>Aligned windows: a record goes to the slice of its time.</summary>
internal sealed class SlicedLoop : WindowLoop
{
    public override string Operator => "Runtime.Operators.Windows.Slices.WindowAggregate";

    public override string Windows(string stage) => $"(AlignedWindows){stage}.Windows.Kind";

    public override void Prologue(SpanScope scope) => scope.Writer.Line("var panes = window.Begin();");

    public override void Add(SpanScope scope, AggregateNames names, string value)
    {
        var writer = scope.Writer;
        LookAhead(scope, names, "panes", byTime: true);
        using (writer.Open("if (!panes.TryMove(time))"))
        {
            writer.Line("panes = owner.Locate(time);");
            using (writer.Open("if (!panes.IsOpen)"))
            {
                OnLate(scope, value);
                writer.Line("continue;");
            }
        }

        writer.Line();
        FindSlot(scope, names, "panes", "key, ", "", "slot = ref owner.Find(key, hash, time);\npanes = owner.Cursor;");
        Fold(scope, names, "slot.Value", value);
    }
}
