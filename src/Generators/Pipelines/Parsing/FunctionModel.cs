using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A function that the user handed to a verb, and how generated code gets at it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Text">
/// The body with every name qualified. Inline: an expression, its parameters as <see cref="Placeholder"/>s. Method: <c>=> …;</c> or a block.
/// </param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Why">Why it must be called through its delegate, for people.</param>
/// <param name="Span">Where the body stands in the user's file.</param>
internal sealed record FunctionModel(FunctionKind Kind, string Text, EquatableArray<string> Parameters, string Why, LineSpanModel Span)
{
    /// <summary>Same text, wherever it stands.</summary>
    public string Signature => $"{Kind}:{string.Join(",", Parameters)}:{Text}";
}

/// <summary>How generated code gets at a function.</summary>
internal enum FunctionKind
{
    /// <summary>Its expression is written into the loop.</summary>
    Inline,

    /// <summary>Its body becomes a static method of the kernel, for the JIT to inline: it declares variables or has statements.</summary>
    Method,

    /// <summary>The delegate is taken from the stage: it uses something that generated code cannot reach.</summary>
    Delegate,
}

/// <summary>A part of the user's file, as <c>#line</c> wants it: lines and columns from 1, the end included.</summary>
/// <param name="StartLine">First line.</param>
/// <param name="StartColumn">First column.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">The column behind the last.</param>
internal sealed record LineSpanModel(int StartLine, int StartColumn, int EndLine, int EndColumn);

/// <summary>Stands for a parameter in an inlined text: characters that no source file holds.</summary>
internal static class Placeholder
{
    public static string Of(int parameter) => ((char)(1 + parameter)).ToString();
}
