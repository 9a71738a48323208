using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A private member of the user's that generated code has a copy of, because it cannot reach it.</summary>
internal abstract record OwnMemberModel
{
    /// <summary>The name of the copy, which no other of the pipeline has.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its value.</summary>
    public required string Type { get; init; }
}

/// <summary>A static method.</summary>
internal sealed record OwnMethodModel : OwnMemberModel
{
    /// <summary>The types of its parameters.</summary>
    public required EquatableArray<string> ParameterTypes { get; init; }

    /// <summary>The names of its parameters.</summary>
    public required EquatableArray<string> ParameterNames { get; init; }

    /// <summary>Its body.</summary>
    public required BodyModel Body { get; init; }

    /// <summary>The user's file; null if it has no path.</summary>
    public required string? File { get; init; }

    /// <summary>Where its body stands there.</summary>
    public required LineSpanModel Span { get; init; }
}

/// <summary>A static field that is never written but by its initializer.</summary>
internal sealed record OwnFieldModel : OwnMemberModel
{
    /// <summary>Its value.</summary>
    public required ConstantModel Value { get; init; }
}
