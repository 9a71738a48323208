using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>The method of a verb, as an interceptor must declare it.</summary>
internal sealed record VerbSignatureModel
{
    /// <summary>Its type parameters.</summary>
    public required EquatableArray<string> TypeParameters { get; init; }

    /// <summary>What is asked of them, a clause each: <c>where TKey : notnull</c>.</summary>
    public required EquatableArray<string> Constraints { get; init; }

    /// <summary>What it returns.</summary>
    public required string Returns { get; init; }

    /// <summary>The stream in front of the dot.</summary>
    public required string Receiver { get; init; }

    /// <summary>Whether that is its first parameter; else it is a method of the object in front of the dot.</summary>
    public required bool IsExtension { get; init; }

    /// <summary>Its further parameters.</summary>
    public required EquatableArray<VerbParameterModel> Parameters { get; init; }
}

/// <summary>A parameter of a verb.</summary>
internal sealed record VerbParameterModel
{
    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
