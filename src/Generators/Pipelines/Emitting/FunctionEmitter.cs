using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes calls of the user's functions, mapped to the user's file where their text is inlined.</summary>
internal static class FunctionEmitter
{
    // A #line names no column behind it.
    private const int MaxColumn = 65535;

    /// <summary>The attribute of a method that the JIT should inline.</summary>
    public const string Inlining = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    /// <summary>The attribute of a method that keeps its frame in stack traces.</summary>
    public const string Framing = "[MethodImpl(MethodImplOptions.NoInlining)]";

    /// <summary>The attribute of a function's method.</summary>
    public static string InliningOf(TextFunctionModel function) => function.MayThrow ? Framing : Inlining;

    /// <summary>A call of a function, or its body in place of one.</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">The name of its method or delegate.</param>
    /// <param name="captured">What stands for captured values.</param>
    /// <param name="arguments">Its arguments.</param>
    public static CodeExpression Call(
        FunctionModel function, string name, Func<CapturedKind, string?, string> captured, params string[] arguments)
    {
        if (function is not InlineFunctionModel inline)
        {
            var more = function is TextFunctionModel { Body.Captured: var taken } ? CapturedText.Arguments(taken, captured) : "";
            return new CodeExpression($"{name}({string.Join(", ", arguments)}{more})", Origin: null);
        }

        var text = BodyText.Of(inline.Body, captured, arguments);
        return new CodeExpression(inline.ConvertedTo is { } type ? $"(({type})({text}))" : text, inline.Span);
    }

    /// <summary>Writes a statement, or the head of a block, with an expression of the user's, mapped to where he wrote it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The user's file.</param>
    /// <param name="statement">The statement, with a <see cref="CodeExpression"/> among its parts.</param>
    public static void Statement(SourceWriter writer, string? file, FormattableString statement)
    {
        const string Place = "\uE000";
        var parts = statement.GetArguments();
        var expression = (CodeExpression)parts.Single(static part => part is CodeExpression);
        var around = string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            statement.Format,
            [.. parts.Select(static part => part is CodeExpression ? Place : part)]).Split(Place[0]);
        if (expression.Origin is { } origin)
        {
            Mapped(writer, file, origin, around[0], expression.Text, around[1]);
        }
        else
        {
            writer.Line(around[0] + expression.Text + around[1]);
        }
    }

    /// <summary>Writes the static method of a function that has one.</summary>
    public static void Method(
        SourceWriter writer, string? file, FunctionModel function, string name, string? result, params string?[] types)
    {
        if (function is not MethodFunctionModel method)
        {
            return;
        }

        writer.Line().Line(InliningOf(method));
        Header(writer, file, method, $"private static {result} {name}", types);
    }

    /// <summary>Writes the method of a function whose text is known.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The user's file.</param>
    /// <param name="function">The function.</param>
    /// <param name="header">The method up to its name.</param>
    /// <param name="types">The types of its parameters.</param>
    public static void Header(
        SourceWriter writer, string? file, TextFunctionModel function, string header, params IReadOnlyList<string?> types)
    {
        var names = function.Parameters.Select(NameOf).ToArray();
        var parameters = function.Parameters.Select((parameter, i) =>
            $"{(parameter.IsByReference ? "in " : "")}{parameter.Type ?? types[i]} {names[i]}");
        var more = CapturedText.Parameters(function.Body.Captured, CapturedText.Own);
        Body(writer, file, function.Span, $"{header}({string.Join(", ", parameters)}{more})", function.Body, names);
    }

    /// <summary>Writes a method with a body of the user's.</summary>
    public static void Body(SourceWriter writer, string? file, LineSpanModel span, string header, BodyModel body, string[] names)
    {
        var text = BodyText.Of(body, CapturedText.Own, names);
        if (body.IsBlock)
        {
            writer.Line(header);
            Mapped(writer, file, span, "", text, "");
        }
        else
        {
            writer.Line($"{header} =>");
            Mapped(writer, file, span, "    ", text, ";");
        }
    }

    /// <summary>Writes a text of the user's so that the debugger, stack traces and compiler messages lead to where it came from.</summary>
    public static void Mapped(SourceWriter writer, string? file, LineSpanModel span, string prefix, string text, string suffix)
    {
        file = span.File ?? file;
        if (file is null || file.IndexOfAny(['"', '\n', '\r']) >= 0)
        {
            writer.Verbatim(prefix + text + suffix);
            return;
        }

        // The directive names the last column, and not the one behind it. The text begins at this column of the next line. What begins
        // before it is mapped to all of the user's text; an expression that has nothing before it must be taken to begin there, too, or it
        // would end where its rewritten text does.
        var isBare = prefix.Trim().Length == 0 && !text.StartsWith("{", StringComparison.Ordinal);
        var offset = Math.Max(1, writer.Indent + prefix.Length + (isBare ? 1 : 0));
        writer.Margin(Math.Max(offset, Math.Max(span.StartColumn, span.EndColumn)) > MaxColumn
            ? FormattableString.Invariant($"#line {span.StartLine} \"{file}\"")
            : FormattableString.Invariant(
                $"#line ({span.StartLine}, {span.StartColumn}) - ({span.EndLine}, {span.EndColumn - 1}) {offset} \"{file}\""));
        writer.Verbatim(prefix + text + suffix);
        writer.Margin("#line hidden");
    }

    private static string NameOf(ParameterModel parameter, int position) => parameter.Name is not { } name
        ? FormattableString.Invariant($"_{position}")
        : SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
