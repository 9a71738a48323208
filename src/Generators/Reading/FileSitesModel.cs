using Weir.Generators.Infrastructure;

namespace Weir.Generators.Reading;

/// <summary>What the generators found in one file.</summary>
internal sealed record FileSitesModel
{
    /// <summary>Where it was found, in the order of the text.</summary>
    public required EquatableArray<FoundSiteModel> Sites { get; init; }
}
