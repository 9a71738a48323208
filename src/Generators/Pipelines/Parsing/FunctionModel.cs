using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A function that the user handed to a verb, and how generated code gets at it.</summary>
internal sealed record FunctionModel
{
    /// <summary>How.</summary>
    public required FunctionKind Kind { get; init; }

    /// <summary>
    /// The user's body with every name qualified; null for a delegate. Inline: an expression, its parameters as <see cref="Placeholder"/>s.
    /// Method: an expression
    /// or a block.
    /// </summary>
    public required string? Text { get; init; }

    /// <summary>The names of its parameters; none where the text has placeholders alone.</summary>
    public required EquatableArray<string> Parameters { get; init; }

    /// <summary>Where the body stands in the user's file.</summary>
    public required LineSpanModel Span { get; init; }

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
internal sealed record LineSpanModel
{
    /// <summary>First line.</summary>
    public required int StartLine { get; init; }

    /// <summary>First column.</summary>
    public required int StartColumn { get; init; }

    /// <summary>Last line.</summary>
    public required int EndLine { get; init; }

    /// <summary>The column behind the last.</summary>
    public required int EndColumn { get; init; }
}

/// <summary>Stands for a parameter in an inlined text: characters that no source file holds.</summary>
internal static class Placeholder
{
    public static string Of(int parameter) => ((char)(1 + parameter)).ToString();
}
