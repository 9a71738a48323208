using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes calls of the user's functions, mapped to the user's file where their text is inlined.</summary>
internal static class FunctionEmitter
{
    private const string Inlining = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>Writes <c>prefix function(arguments) suffix</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The user's file.</param>
    /// <param name="function">The function.</param>
    /// <param name="name">The name of its method or delegate.</param>
    /// <param name="prefix">What stands before.</param>
    /// <param name="suffix">What stands behind.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void Call(SourceWriter writer, string? file, FunctionModel function, string name, string prefix, string suffix, params string[] arguments)
    {
        if (function.Kind != FunctionKind.Inline)
        {
            writer.Line($"{prefix}{name}({string.Join(", ", arguments)}){suffix}");
            return;
        }

        var text = function.Text;
        for (var i = 0; i < arguments.Length; i++)
        {
            text = text.Replace(Placeholder.Of(i), arguments[i]);
        }

        Mapped(writer, file, function.Span, prefix, text, suffix);
    }

    /// <summary>Writes the static method of a function that has one.</summary>
    public static void Method(SourceWriter writer, string? file, FunctionModel function, string name, string? result, params string?[] types)
    {
        if (function.Kind != FunctionKind.Method)
        {
            return;
        }

        var parameters = string.Join(", ", types.Select((type, i) => $"{type} {function.Parameters[i]}"));
        writer.Line().Line(Inlining);
        if (function.Text.StartsWith("{", StringComparison.Ordinal))
        {
            writer.Line($"private static {result} {name}({parameters})");
            Mapped(writer, file, function.Span, "", function.Text, "");
        }
        else
        {
            writer.Line($"private static {result} {name}({parameters}) =>");
            Mapped(writer, file, function.Span, "    ", function.Text, ";");
        }
    }

    /// <summary>Writes a text of the user's so that the debugger, stack traces and compiler messages lead to where it came from.</summary>
    public static void Mapped(SourceWriter writer, string? file, LineSpanModel span, string prefix, string text, string suffix)
    {
        if (file is null)
        {
            writer.Verbatim(prefix + text + suffix);
            return;
        }

        // The text begins at this column of the next line; what stands before it belongs to the text's beginning.
        var offset = Math.Max(1, writer.Indent + prefix.Length);
        writer.Margin(FormattableString.Invariant($"#line ({span.StartLine}, {span.StartColumn}) - ({span.EndLine}, {span.EndColumn}) {offset} \"{file}\""));
        writer.Verbatim(prefix + text + suffix);
        writer.Margin("#line hidden");
    }
}
