using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines;

/// <summary>What reading a <c>[Pipeline]</c> method came to.</summary>
internal sealed record FoundPipelineModel
{
    /// <summary>The pipeline, unless we failed.</summary>
    public required ParsedPipelineModel? Parsed { get; init; }

    /// <summary>Our failure.</summary>
    public required GeneratorBugModel? Bug { get; init; }
}
