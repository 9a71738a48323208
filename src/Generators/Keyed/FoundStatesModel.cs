using Weir.Generators.Codecs;

namespace Weir.Generators.Keyed;

/// <summary>What a declaration says of state that classes keep.</summary>
internal sealed record FoundStatesModel
{
    /// <summary>The class that it declares; null if it keeps no state, or generated code cannot reach it.</summary>
    public required StateClassModel? Class { get; init; }

    /// <summary>What is stored, and the generic classes that it derives from.</summary>
    public required FoundTypesModel Stored { get; init; }
}
