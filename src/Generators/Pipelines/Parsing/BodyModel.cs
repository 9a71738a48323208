using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// A body that the user wrote, an expression or a block: his own text, cut where generated code must write something else to mean the same.
/// </summary>
internal sealed record BodyModel
{
    /// <summary>Whether it is a block of statements.</summary>
    public required bool IsBlock { get; init; }

    /// <summary>What it is made of, in order.</summary>
    public required EquatableArray<BodyPartModel> Parts { get; init; }

    /// <summary>Private members that it uses, and those that they use, which generated code needs a copy of.</summary>
    public required EquatableArray<OwnMemberModel> Own { get; init; }

    /// <summary>Values that it takes from where the pipeline is built.</summary>
    public required EquatableArray<CapturedModel> Captured { get; init; }

    /// <summary>Whether it holds a query, whose clauses are calls of <c>System.Linq</c>.</summary>
    public required bool HasQuery { get; init; }
}

/// <summary>A part of a body. What is not the user's own text is said as a fact, which the emitter knows a text for.</summary>
internal abstract record BodyPartModel;

/// <summary>A text as the user wrote it; lines end in <c>\n</c>.</summary>
internal sealed record OwnTextModel : BodyPartModel
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }
}

/// <summary>A use of a parameter of the function.</summary>
internal sealed record ParameterUseModel : BodyPartModel
{
    /// <summary>The parameter's position.</summary>
    public required int Position { get; init; }

    /// <summary>Which items of it, from 1, where it is the variables of a query; none for the parameter itself.</summary>
    public required EquatableArray<int> Items { get; init; }
}

/// <summary>A type or namespace in place of the name that the user's file gives it.</summary>
internal sealed record NameModel : BodyPartModel
{
    /// <summary>Its full name.</summary>
    public required string Name { get; init; }
}

/// <summary>What the user's next name is a member of: a type or a namespace.</summary>
internal sealed record QualifierModel : BodyPartModel
{
    /// <summary>Its full name; null for the global namespace.</summary>
    public required string? Container { get; init; }
}

/// <summary>The name of a member that the compiler took from the expression behind it, which is about to change.</summary>
internal sealed record InferredNameModel : BodyPartModel
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is an item of a tuple; else a member of an anonymous object.</summary>
    public required bool IsOfTuple { get; init; }
}

/// <summary>A call, as a whole, of a method that was given by its name, with the parameters of the function.</summary>
internal sealed record NamedCallModel : BodyPartModel
{
    /// <summary>The full name of the class of a static method; null for a method of the object before the dot, or for a copy.</summary>
    public required string? Container { get; init; }

    /// <summary>Whether the method is a copy of a private one.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Whether the object in front of the dot is the first argument: it is an extension.</summary>
    public required bool TakesTarget { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type arguments.</summary>
    public required EquatableArray<string> TypeArguments { get; init; }

    /// <summary>What each parameter of the function is converted to; an empty text where it has that type already.</summary>
    public required EquatableArray<string> Conversions { get; init; }
}

/// <summary>The beginning of a call of an extension, in front of its receiver, which becomes the first argument.</summary>
internal sealed record ExtensionCallModel : BodyPartModel
{
    /// <summary>The full name of the class that the compiler found the method in.</summary>
    public required string Container { get; init; }

    /// <summary>The method's name.</summary>
    public required string Name { get; init; }

    /// <summary>The type arguments that the user wrote; none if he left them to the compiler.</summary>
    public required EquatableArray<string> TypeArguments { get; init; }

    /// <summary>Whether the receiver is passed by reference, as it may be changed.</summary>
    public required bool IsByReference { get; init; }
}

/// <summary>The end of the receiver of such a call.</summary>
internal sealed record ReceiverEndModel : BodyPartModel
{
    /// <summary>Whether further arguments follow.</summary>
    public required bool HasMore { get; init; }
}

/// <summary>A use of a private member that generated code has a copy of.</summary>
internal sealed record OwnMemberUseModel : BodyPartModel
{
    /// <summary>The name of the copy.</summary>
    public required string Name { get; init; }
}

/// <summary>A quote or brace of an interpolated text that is written on one line, because the user's has line breaks.</summary>
internal sealed record InterpolationMarkModel : BodyPartModel
{
    /// <summary>What it is.</summary>
    public required InterpolationMark Mark { get; init; }
}

/// <summary>The marks of an interpolated text.</summary>
internal enum InterpolationMark
{
    /// <summary>The quote in front.</summary>
    Begin,

    /// <summary>The quote behind.</summary>
    End,

    /// <summary>The brace in front of an expression.</summary>
    Open,

    /// <summary>The brace behind it.</summary>
    Close,
}

/// <summary>An end of an interpolated expression: a qualified name in it holds colons, which would begin a format.</summary>
internal sealed record InterpolationEdgeModel : BodyPartModel
{
    /// <summary>Whether the expression begins here.</summary>
    public required bool IsStart { get; init; }
}

/// <summary>A constant that generated code cannot name: a local one, or a private one.</summary>
internal sealed record ConstantModel : BodyPartModel
{
    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its value, of an enum the number; null for null.</summary>
    public required LiteralModel? Value { get; init; }
}

/// <summary>A value that the compiler knows.</summary>
internal sealed record LiteralModel : BodyPartModel
{
    /// <summary>What it is.</summary>
    public required LiteralKind Kind { get; init; }

    /// <summary>The value itself, not as C#; numbers in the invariant culture.</summary>
    public required string Value { get; init; }
}

/// <summary>What a literal is.</summary>
internal enum LiteralKind
{
    /// <summary>A number or a truth.</summary>
    Plain,

    /// <summary>A <see langword="decimal"/>.</summary>
    Decimal,

    /// <summary>One character.</summary>
    Character,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A text as bytes of UTF-8.</summary>
    Utf8Text,

    /// <summary>A part of an interpolated text.</summary>
    InterpolatedText,

    /// <summary>A number that has no digits, by the name that it has in its type.</summary>
    Named,
}

/// <summary>The key or the window of the group that a result is made of.</summary>
internal sealed record GroupPartModel : BodyPartModel
{
    /// <summary>Whether it is the key; else the window.</summary>
    public required bool IsKey { get; init; }

    /// <summary>The type that the group gives it, if names of items hang on it: the stage that made it may name them otherwise.</summary>
    public required string? Type { get; init; }
}
