using System.Collections.Immutable;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>All codecs of a compilation: each type once, in ordinal order of their names.</summary>
internal sealed record CodecSetModel
{
    /// <summary>The types.</summary>
    public required EquatableArray<TypeModel> Types { get; init; }

    public static CodecSetModel Of(ImmutableArray<EquatableArray<TypeModel>> found) => new()
    {
        Types = new([.. found
            .SelectMany(static types => types)
            .GroupBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static type => type.Name, StringComparer.Ordinal)]),
    };
}
