namespace Weir.Generators.Pipelines.Emitting.Windows;

/// <summary>Sessions: a record extends the newest one of its key, or the operator finds another.</summary>
internal sealed class SessionLoop : WindowLoop
{
    public override string Operator => "Runtime.Operators.Windows.Sessions.SessionWindows";

    public override string Windows(string stage) => $"(SessionWindow){stage}.Windows.Kind";

    public override void Prologue(SpanScope scope) => scope.Writer.Line("var sessions = window.Cursor;");

    public override void Add(SpanScope scope, AggregateNames names, string value)
    {
        var writer = scope.Writer;
        LookAhead(scope, names, "sessions");
        writer.Line($"var hash = {names.Hash("key", "functor", "seed")};");
        writer.Line("ref var slot = ref sessions.Home(hash);");
        writer.Line("ref var held = ref slot.Value.Accumulator;");
        using (writer.Open($"if (!sessions.Holds(ref slot) || !({names.AreEqual("slot.Key", "key")})"
            + " || !sessions.TryExtend(ref slot.Value, time))"))
        {
            writer.Line("held = ref owner.Find(in key, hash, time);\nsessions = owner.Cursor;");
            using (writer.Open("if (Unsafe.IsNullRef(ref held))"))
            {
                OnLate(scope, value);
                writer.Line("continue;");
            }
        }

        writer.Line();
        Fold(scope, names, "held", value);
    }
}
