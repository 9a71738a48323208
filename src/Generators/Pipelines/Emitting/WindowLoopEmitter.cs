using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>
/// What a loop does with the operator behind it, by the form in which that keeps its windows: each writes the contract that stands at the
/// operator.
/// </summary>
internal static class WindowLoopEmitter
{
    /// <summary>The local that says where accumulators are.</summary>
    public const string Cursor = "panes";

    /// <summary>What the operator is called, behind the name of the aggregate.</summary>
    public static string NameOf(WindowForms form) => form switch
    {
        WindowForms.Session => "Sessions",
        WindowForms.Counted => "Counts",
        _ => "Window",
    };

    /// <summary>The runtime's operator.</summary>
    public static string OperatorOf(WindowForms form) => form switch
    {
        WindowForms.Session => "SessionWindows",
        WindowForms.Counted => "CountWindows",
        _ => "WindowAggregate",
    };

    /// <summary>The windows that it is made with.</summary>
    public static string KindOf(WindowForms form) => form switch
    {
        WindowForms.Session => "SessionWindow",
        WindowForms.Counted => "CountWindow",
        _ => "AlignedWindows",
    };

    /// <summary>Whether the loop has late records to give away, as far as that is known.</summary>
    public static bool? TakesLate(SpanScope scope) => scope.Span.Form == WindowForms.Counted ? false : scope.Aggregated.TakesLate;

    /// <summary>The expression that begins a batch.</summary>
    public static string Begin(SpanScope scope) => scope.Span.Form != WindowForms.Counted ? "window.Cursor"
        : $"window.Begin({(scope.Span.HasTimes ? "true" : "batch.IsTimed")})";

    /// <summary>Writes what ends a batch.</summary>
    public static void End(SpanScope scope)
    {
        if (scope.Span.Form == WindowForms.Counted)
        {
            scope.Writer.Line().Line("owner.End(batch.Lane);");
        }
        else if (TakesLate(scope) is not false and var takesLate)
        {
            scope.Writer.Line().Line(takesLate == true ? "late.Flush(lane: 0);" : "late?.Flush(lane: 0);");
        }
    }

    /// <summary>Writes how a record gets to its accumulator and what happens there.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="names">The names of the aggregate.</param>
    /// <param name="value">The record.</param>
    /// <param name="add">The statement that adds it, given the accumulator.</param>
    public static void Add(SpanScope scope, AggregateNames names, string value, Func<string, string> add)
    {
        var hash = names.Hash("key", "functor", "seed");
        var isOther = $"!{Cursor}.Holds(ref slot) || !({names.AreEqual("slot.Key", "key")})";
        switch (scope.Span.Form)
        {
            case WindowForms.Session:
                ToSession(scope, names, value, hash, isOther);
                scope.Writer.Line(add("accumulator"));
                break;
            case WindowForms.Counted:
                ToCounter(scope, hash, isOther, add);
                break;
            default:
                ToSlice(scope, value, hash, isOther);
                scope.Writer.Line(add("slot.Value"));
                break;
        }
    }

    private static void ToSlice(SpanScope scope, string value, string hash, string isOther)
    {
        var writer = scope.Writer;
        using (writer.Open($"if (!{Cursor}.Covers(time))"))
        {
            writer.Line($"{Cursor} = owner.Locate(time);");
            using (writer.Open($"if (!{Cursor}.IsOpen)"))
            {
                OnLate(scope, value);
                writer.Line("continue;");
            }
        }

        writer.Line();
        writer.Line($"var hash = {hash};");
        writer.Line($"ref var slot = ref {Cursor}.Home(hash);");
        using (writer.Open($"if ({isOther})"))
        {
            writer.Line($"slot = ref owner.Find(in key, hash);\n{Cursor} = owner.Cursor;");
        }

        writer.Line();
    }

    private static void ToSession(SpanScope scope, AggregateNames names, string value, string hash, string isOther)
    {
        var writer = scope.Writer;
        writer.Line($"var hash = {hash};");
        writer.Line($"ref var slot = ref {Cursor}.Home(hash);");
        writer.Line($"ref {names.Accumulator} accumulator = ref slot.Value.Accumulator;");
        using (writer.Open($"if ({isOther} || !{Cursor}.TryExtend(ref slot.Value, time))"))
        {
            writer.Line($"accumulator = ref owner.Find(in key, hash, time);\n{Cursor} = owner.Cursor;");
            using (writer.Open($"if ({LoopEmitter.Unsafe}.IsNullRef(ref accumulator))"))
            {
                OnLate(scope, value);
                writer.Line("continue;");
            }
        }

        writer.Line();
    }

    private static void ToCounter(SpanScope scope, string hash, string isOther, Func<string, string> add)
    {
        var writer = scope.Writer;
        writer.Line($"var hash = {hash};");
        writer.Line($"ref var slot = ref {Cursor}.Home(hash);");
        using (writer.Open($"if ({isOther})"))
        {
            writer.Line($"slot = ref owner.Find(in key, hash);\n{Cursor} = owner.Cursor;");
        }

        writer.Line();
        writer.Line(add("slot.Value.Accumulator"));
        using (writer.Open($"if (++slot.Value.Count == {Cursor}.Size)"))
        {
            writer.Line($"owner.Complete(ref slot);\n{Cursor} = owner.Cursor;");
        }
    }

    private static void OnLate(SpanScope scope, string value)
    {
        var add = $"late.Add({value}, time);";
        scope.Writer.Line(TakesLate(scope) switch
        {
            true => add,
            false => "owner.OnLate();",
            null => $"if (late is null)\n{{\n    owner.OnLate();\n}}\nelse\n{{\n    {add}\n}}\n",
        });
    }
}
