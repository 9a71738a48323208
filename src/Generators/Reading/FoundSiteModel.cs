using Weir.Generators.Codecs;
using Weir.Generators.Infrastructure;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines;
using Weir.Generators.Rows;

namespace Weir.Generators.Reading;

/// <summary>What the generators found in one declaration: a method, another member, a type, the top-level statements of a file.</summary>
internal sealed record FoundSiteModel
{
    /// <summary>The pipeline; null if there is none that can be compiled.</summary>
    public required FoundPipelineModel? Pipeline { get; init; }

    /// <summary>The types that the pipeline stores; null if it is none.</summary>
    public required FoundTypesModel? Stored { get; init; }

    /// <summary>The type that is marked to have a codec, and what it is made of; null if it is none.</summary>
    public required FoundTypesModel? Marked { get; init; }

    /// <summary>The state that it keeps, if it is a class; null if it keeps none.</summary>
    public required FoundStatesModel? States { get; init; }

    /// <summary>The types that its calls store, if it is no pipeline.</summary>
    public required EquatableArray<FoundTypesModel> Calls { get; init; }

    /// <summary>The rows that its calls name.</summary>
    public required EquatableArray<FoundRowModel> Rows { get; init; }

    /// <summary>A site of which nothing is known but that we failed on it.</summary>
    public static FoundSiteModel Failed(GeneratorBugModel bug) => new()
    {
        Pipeline = new FoundPipelineModel { Parsed = null, Bug = bug },
        Stored = null,
        Marked = null,
        States = null,
        Calls = default,
        Rows = default,
    };
}
