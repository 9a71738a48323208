using Weir.Generators.Infrastructure;
using Weir.Generators.Keyed;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>What reading the types behind one attribute came to.</summary>
internal sealed record FoundTypesModel
{
    /// <summary>The types that need a codec.</summary>
    public required EquatableArray<TypeModel> Types { get; init; }

    /// <summary>The generic classes with state whose arguments are known here.</summary>
    public required EquatableArray<StateConstructionModel> Constructions { get; init; }

    /// <summary>Our first failure; null if there was none.</summary>
    public required GeneratorBugModel? Bug { get; init; }
}
