using Weir.Generators.Infrastructure;

namespace Weir.Generators.Keyed;

/// <summary>A class whose instances keep state by key.</summary>
internal sealed record StateClassModel
{
    /// <summary>Its full name, with its own type parameters: <c>global::Shop.Latest&lt;T&gt;</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The type parameters of it and of the classes around it; none for one that is not generic.</summary>
    public required EquatableArray<string> TypeParameters { get; init; }

    /// <summary>What is asked of them, a clause each.</summary>
    public required EquatableArray<string> Constraints { get; init; }

    /// <summary>The states that it declares itself, in order.</summary>
    public required EquatableArray<StateFieldModel> Fields { get; init; }
}

/// <summary>A field that holds a state, or an array of some.</summary>
internal sealed record StateFieldModel
{
    /// <summary>The name of the state: that of the field, or of the property that it stands behind.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the field in the assembly.</summary>
    public required string Field { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>The names that the state had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }
}

/// <summary>A generic class with its type arguments.</summary>
internal sealed record StateConstructionModel
{
    /// <summary>The class, as its model calls it.</summary>
    public required string Class { get; init; }

    /// <summary>It with its arguments.</summary>
    public required string Type { get; init; }

    /// <summary>The arguments, of the classes around it first.</summary>
    public required EquatableArray<string> Arguments { get; init; }
}
