using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The names of captured values, and what reads them from the delegate that holds them.</summary>
internal static class CapturedText
{
    private const string Class = "Captured";

    /// <summary>The parameter of a method that the function's text stands in: the user's own name.</summary>
    public static string Own(CapturedKind kind, string? name) =>
        kind == CapturedKind.Variable ? CSharpNames.Escape(name!) : InAggregate(kind, name);

    /// <summary>The parameter of the methods of an accumulator, and of its functor.</summary>
    public static string InAggregate(CapturedKind kind, string? name) => "__captured_" + Word(kind, name);

    /// <summary>The local of a loop.</summary>
    /// <param name="function">The name of the function that captured it.</param>
    public static Func<CapturedKind, string?, string> InLoop(string function) => (kind, name) => $"{Word(kind, name)}Of{function}";

    /// <summary>The constructor's parameter of a kernel.</summary>
    public static string Parameter(string function, CapturedModel captured) =>
        $"{LoopEmitter.Field(function)}_{Word(captured.Kind, captured.Name)}";

    /// <summary>The same as a list of arguments that follows others.</summary>
    public static string Arguments(IEnumerable<CapturedModel> captured, Func<CapturedKind, string?, string> names) =>
        string.Concat(captured.Select(one => ", " + names(one.Kind, one.Name)));

    /// <summary>The parameters for them, behind others.</summary>
    public static string Parameters(IEnumerable<CapturedModel> captured, Func<CapturedKind, string?, string> names) =>
        string.Concat(captured.Select(one => $", {one.Type} {names(one.Kind, one.Name)}"));

    /// <summary>The expression that reads one.</summary>
    /// <param name="captured">What is read.</param>
    /// <param name="stage">An expression for the stage whose function captured it.</param>
    public static string Of(CapturedModel captured, string stage) =>
        $"{Class}.{Method(captured)}<{captured.Type}>({Stage(captured, stage)})";

    /// <summary>The expression that says if it can be read.</summary>
    public static string Has(CapturedModel captured, string stage) =>
        $"{Class}.Has{Method(captured)}<{captured.Type}>({Stage(captured, stage)})";

    /// <summary>Writes what says if a loop can be built.</summary>
    public static void Fits(SourceWriter writer, SpanScope scope)
    {
        var all = scope.Captured().Select(one => Has(one.Captured, StageAt(one.Position, "stages"))).Distinct().ToArray();
        if (all.Length > 0)
        {
            writer.Line("public override bool Fits(global::System.Collections.Generic.IReadOnlyList<Graph.Stage> stages) =>");
            writer.Line($"    {string.Join("\n    && ", all)};").Line();
        }
    }

    /// <summary>A stage of a span; the one in front of it has the position -1.</summary>
    public static string StageAt(int position, string stages = "context.Stages") => position < 0 ? $"{stages}[0].Inputs[0].Stage"
        : FormattableString.Invariant($"{stages}[{position}]");

    private static string Method(CapturedModel captured) => captured.Kind switch
    {
        CapturedKind.This => "This",
        CapturedKind.Target => "Target",
        _ => "Value",
    };

    private static string Stage(CapturedModel captured, string stage) =>
        captured.Kind == CapturedKind.Variable ? $"{stage}, {CSharpNames.Literal(captured.Name!)}" : stage;

    private static string Word(CapturedKind kind, string? name) => kind switch
    {
        CapturedKind.This => "__this",
        CapturedKind.Target => "__target",
        _ => name!,
    };
}
