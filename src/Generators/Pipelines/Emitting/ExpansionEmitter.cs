using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>
/// Writes what lets a loop with a <c>SelectMany</c> stop in the middle of a record and go on there: the places it keeps, and where it asks
/// for room.
/// </summary>
/// <remarks>
/// Each <c>SelectMany</c> has an <c>Expansion</c>. What stands in front of one runs only while it is not open:
/// <code>
/// for (var i = Position; …)
///     if (!made0.IsOpen) { …; made0.Open(…); }
///     while (true)
///         if (!made2.IsOpen) { room? made0.TryNext(out var value1)? …; made2.Open(…); }
///         while (true)
///             room? made2.TryNext(out var value3)? …
/// </code>
/// </remarks>
internal static class ExpansionEmitter
{
    /// <summary>The field that keeps the place of a <c>SelectMany</c>.</summary>
    public static string NameOf(int position) => FormattableString.Invariant($"made{position}");

    /// <summary>Writes the fields, and what lets go of them.</summary>
    public static void Members(SpanScope scope)
    {
        var writer = scope.Writer;
        var positions = PositionsOf(scope);
        foreach (var position in positions)
        {
            var type = $"Expansion<{((RecordStageModel)scope.Stage(position)).Made}>";
            writer.Line($"private readonly {type} {NameOf(position)} = new {type}();");
        }

        if (scope.KeepsTime)
        {
            writer.Line("private long keptTime;");
        }

        if (scope.Clock is not null)
        {
            writer.Line("private long keptLatest = long.MinValue;");
        }

        writer.Line();
        using (writer.Open("public override void Dispose()"))
        {
            if (positions.Count > 0)
            {
                Dispose(writer, positions, positions.Count - 1);
            }
        }

        writer.Line();
    }

    /// <summary>Writes the locals that outlive a stop.</summary>
    public static void Prologue(SpanScope scope)
    {
        if (scope.HasMany)
        {
            scope.Writer.Line("var room = Flow;");
        }

        if (scope.KeepsTime)
        {
            scope.Writer.Line("var time = keptTime;");
        }

        if (scope.Clock is not null)
        {
            scope.Writer.Line("var latest = keptLatest;");
        }
    }

    /// <summary>Writes what makes the loop ready for the next batch.</summary>
    public static void Epilogue(SpanScope scope)
    {
        if (scope.Clock is not null)
        {
            scope.Writer.Line("keptLatest = long.MinValue;");
        }
    }

    /// <summary>Opens the block of what stands in front of the first <c>SelectMany</c> from a position on.</summary>
    public static SourceWriter.Block Unless(SpanScope scope, int position) =>
        scope.Writer.Open($"if (!{NameOf(PositionsOf(scope).First(other => other >= position))}.IsOpen)");

    /// <summary>Writes what takes the records that a <c>SelectMany</c> made, one after the other.</summary>
    /// <param name="scope">The span.</param>
    /// <param name="position">The <c>SelectMany</c>.</param>
    /// <param name="value">The name of the record taken.</param>
    /// <param name="nested">Takes the blocks that were opened.</param>
    public static void Take(SpanScope scope, int position, string value, Stack<SourceWriter.Block> nested)
    {
        var writer = scope.Writer;
        writer.Line();
        nested.Push(writer.Open("while (true)"));
        if (PositionsOf(scope).Any(other => other > position))
        {
            nested.Push(Unless(scope, position + 1));
        }

        using (writer.Open($"if (!room.MayMake(){(scope.IsFull is { } full ? " || " + full : "")})"))
        {
            Hold(scope);
        }

        writer.Line();
        using (writer.Open($"if (!{NameOf(position)}.TryNext(out var {value}))"))
        {
            writer.Line("break;");
        }
    }

    /// <summary>Writes that the loop stops before a record, for as long as what it ends in cannot take any.</summary>
    public static void Stop(SpanScope scope)
    {
        if (scope.IsFull is not { } full)
        {
            return;
        }

        using (scope.Writer.Open($"if ({full})"))
        {
            Hold(scope);
        }

        scope.Writer.Line();
    }

    /// <summary>Writes that the loop stops before the record at hand.</summary>
    public static void Hold(SpanScope scope)
    {
        if (scope.KeepsTime)
        {
            scope.Writer.Line("keptTime = time;");
        }

        if (scope.Clock is not null)
        {
            scope.Writer.Line("keptLatest = latest;");
        }

        if (scope.Span.Form == WindowForms.General)
        {
            scope.Windows!.Flush(scope);
        }
        else if (scope.Span.Kind == SpanKind.Process)
        {
            ProcessKernelEmitter.Flush(scope);
        }

        scope.Writer.Line("return Hold(i);");
    }

    // The innermost first, and the others also if it throws: as a foreach in a foreach would.
    private static void Dispose(SourceWriter writer, IReadOnlyList<int> positions, int last)
    {
        if (last == 0)
        {
            writer.Line($"{NameOf(positions[0])}.Dispose();");
            return;
        }

        using (writer.Open("try"))
        {
            writer.Line($"{NameOf(positions[last])}.Dispose();");
        }

        using (writer.Open("finally"))
        {
            Dispose(writer, positions, last - 1);
        }
    }

    private static List<int> PositionsOf(SpanScope scope) =>
        [.. Enumerable.Range(0, scope.Count).Where(position => scope.Stage(position) is RecordStageModel { Kind: RecordKind.Expand })];
}
