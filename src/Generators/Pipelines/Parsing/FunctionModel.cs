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

/// <summary>Its expression is written into the loop.</summary>
internal sealed record InlineFunctionModel : FunctionModel
{
    /// <summary>The expression.</summary>
    public required BodyModel Body { get; init; }

    /// <summary>The type that its value must be converted to, as the delegate would do; null where that changes nothing.</summary>
    public required string? ConvertedTo { get; init; }
}

/// <summary>Its body becomes a static method of the kernel, for the JIT to inline: it declares variables or has statements.</summary>
internal sealed record MethodFunctionModel : FunctionModel
{
    /// <summary>The body.</summary>
    public required BodyModel Body { get; init; }

    /// <summary>Its parameters.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }
}

/// <summary>The delegate is taken from the stage: it uses something that generated code cannot reach.</summary>
internal sealed record DelegateFunctionModel : FunctionModel
{
    /// <summary>What that is, to stand behind <c>because its function</c>.</summary>
    public required string Why { get; init; }
}

/// <summary>A parameter of a function.</summary>
internal sealed record ParameterModel
{
    /// <summary>Its name; null for a discard.</summary>
    public required string? Name { get; init; }
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
