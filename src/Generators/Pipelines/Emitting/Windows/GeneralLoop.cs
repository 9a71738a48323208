using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting.Windows;

/// <summary>Windows of any kind: the operator hands out what each window of a record holds, one after the other.</summary>
internal sealed class GeneralLoop : WindowLoop
{
    public override string Operator => "Runtime.Operators.Windows.Triggered.TriggeredWindows";

    public override string Before(AggregateModel aggregate) => $"{aggregate.Record}, ";

    public override string Windows(string stage) => $"{stage}.Windows";

    public override string OnFailure => "window.Flush()";

    public override string IsFull => "owner.IsHeld";

    public override void Prologue(SpanScope scope)
    {
    }

    public override void Add(SpanScope scope, AggregateNames names, string value)
    {
        var writer = scope.Writer;
        writer.Line($"owner.Begin({value}, {scope.Time}, key);");
        using (writer.Open("while (true)"))
        {
            writer.Line("ref var held = ref owner.Next();");
            using (writer.Open("if (Unsafe.IsNullRef(ref held))"))
            {
                writer.Line("break;");
            }

            writer.Line();
            Fold(scope, names, "held", value);
            writer.Line($"owner.Added({value}, {scope.Time});");
        }

        writer.Line();
        using (writer.Open($"if (owner.IsLate({scope.Time}))"))
        {
            OnLate(scope, value);
        }
    }

    public override void Flush(SpanScope scope)
    {
        base.Flush(scope);
        scope.Writer.Line("owner.Flush();");
    }
}
