using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A function that the user handed to a verb; its shape says how generated code gets at it.</summary>
internal abstract record FunctionModel
{
    /// <summary>Where its body stands in the user's file.</summary>
    public required LineSpanModel Span { get; init; }

    /// <summary>Whether another function says the same, wherever it stands.</summary>
    public bool IsSameAs(FunctionModel other) => this with { Span = other.Span } == other;
}

/// <summary>Its text is known and may stand in generated code.</summary>
internal abstract record TextFunctionModel : FunctionModel
{
    /// <summary>The body.</summary>
    public required BodyModel Body { get; init; }

    /// <summary>Its parameters.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>Whether it may throw: then its call keeps a frame of its own, and stack traces name its line.</summary>
    public required bool MayThrow { get; init; }
}

/// <summary>An expression that declares nothing: it can be written in place of a call, or be the body of a method.</summary>
internal sealed record InlineFunctionModel : TextFunctionModel
{
    /// <summary>
    /// The type that its value must be converted to where it is written in place, as the delegate would do; null where that changes
    /// nothing.
    /// </summary>
    public required string? ConvertedTo { get; init; }
}

/// <summary>Its body becomes a static method, for the JIT to inline: it declares variables or has statements.</summary>
internal sealed record MethodFunctionModel : TextFunctionModel;

/// <summary>The delegate is taken from the stage: it uses something that generated code cannot reach.</summary>
internal sealed record DelegateFunctionModel : FunctionModel
{
    /// <summary>Why, as the end of a sentence that begins with the function.</summary>
    public required string Why { get; init; }

    /// <summary>The change that would cure it, as a request.</summary>
    public required string Cure { get; init; }
}

/// <summary>It is the package's own, around one of the user's: the delegate is taken from the stage.</summary>
internal sealed record OwnFunctionModel : FunctionModel;

/// <summary>It is the package's own, and answers the default value of its type.</summary>
internal sealed record DefaultFunctionModel : FunctionModel;

/// <summary>It is the package's own, and answers what it was given, which must be there.</summary>
internal sealed record ItselfFunctionModel : FunctionModel
{
    /// <summary>Whether that may be null.</summary>
    public required bool CanBeNull { get; init; }
}

/// <summary>A parameter of a function.</summary>
internal sealed record ParameterModel
{
    /// <summary>Its name; null for a discard.</summary>
    public required string? Name { get; init; }

    /// <summary>
    /// The type that it was declared with: items of a tuple may have other names there. Null where the type is that of the stream.
    /// </summary>
    public required string? Type { get; init; }

    /// <summary>Whether a method takes it without copying it: a value that the function does not change.</summary>
    public required bool IsByReference { get; init; }
}

/// <summary>A part of the user's file, as <c>#line</c> wants it: lines and columns from 1, the end included.</summary>
internal sealed record LineSpanModel
{
    /// <summary>The file that a <c>#line</c> of the user names; null for the file itself.</summary>
    public required string? File { get; init; }

    /// <summary>First line.</summary>
    public required int StartLine { get; init; }

    /// <summary>First column.</summary>
    public required int StartColumn { get; init; }

    /// <summary>Last line.</summary>
    public required int EndLine { get; init; }

    /// <summary>The column behind the last.</summary>
    public required int EndColumn { get; init; }
}
