namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A value that a function took from where the pipeline is built. A kernel reads it from the function's delegate, once.</summary>
internal sealed record CapturedModel
{
    /// <summary>What it is.</summary>
    public required CapturedKind Kind { get; init; }

    /// <summary>The variable's name; null for what has none.</summary>
    public required string? Name { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }
}

/// <summary>What a captured value is.</summary>
internal enum CapturedKind
{
    /// <summary>A parameter or local that is never written once it was captured.</summary>
    Variable,

    /// <summary>The object whose method builds the pipeline.</summary>
    This,

    /// <summary>The object that stands in front of the dot of a method that was given by its name.</summary>
    Target,
}

/// <summary>A use of a captured value in a body.</summary>
internal sealed record CapturedUseModel : BodyPartModel
{
    /// <summary>Whether it stands in front of a member that the user named alone.</summary>
    public required bool IsContainer { get; init; }

    /// <summary>What it is.</summary>
    public required CapturedKind Kind { get; init; }

    /// <summary>The variable's name; null for what has none.</summary>
    public required string? Name { get; init; }
}
