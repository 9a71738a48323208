using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A field of an accumulator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Stored">The type whose codec stores it.</param>
/// <param name="Form">How it is stored.</param>
/// <param name="Initial">An expression for what it begins as; null for the default.</param>
internal sealed record AccumulatorField(string Name, string Type, string Stored, FieldForm Form, string? Initial = null)
{
    /// <summary>What a schema calls it; its name if nothing else was said.</summary>
    public string Label { get; init; } = Name;

    /// <summary>What the user says that it begins as; null for <see cref="Initial"/>.</summary>
    public BodyModel? Seed { get; init; }
}

/// <summary>How a field is stored.</summary>
internal enum FieldForm
{
    /// <summary>By the codec of its type.</summary>
    Value,

    /// <summary>As nothing, or by the codec of what it is the <c>Nullable</c> of.</summary>
    Nullable,

    /// <summary>Item by item.</summary>
    Set,
}
