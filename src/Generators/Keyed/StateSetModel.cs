using System.Collections.Immutable;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Keyed;

/// <summary>All classes of a compilation that keep state: each once, in ordinal order of their names.</summary>
internal sealed record StateSetModel
{
    /// <summary>The classes.</summary>
    public required EquatableArray<StateClassModel> Classes { get; init; }

    /// <summary>The generic ones with their arguments.</summary>
    public required EquatableArray<StateConstructionModel> Constructions { get; init; }

    public static StateSetModel Of(ImmutableArray<StateClassModel> classes, ImmutableArray<StateConstructionModel> constructions) => new()
    {
        Classes = new([.. classes
            .GroupBy(static type => type.Type, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static type => type.Type, StringComparer.Ordinal)]),
        Constructions = new([.. constructions
            .GroupBy(static one => one.Type, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static one => one.Type, StringComparer.Ordinal)]),
    };
}
