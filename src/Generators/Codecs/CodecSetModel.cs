using System.Collections.Immutable;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>All codecs of a compilation: each type once, in ordinal order of their names.</summary>
internal sealed record CodecSetModel(EquatableArray<TypeModel> Types)
{
    public static CodecSetModel Of(ImmutableArray<EquatableArray<TypeModel>> found) => new(new EquatableArray<TypeModel>(
        [.. found
            .SelectMany(static types => types)
            .GroupBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static type => type.Name, StringComparer.Ordinal)]));
}
