using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Emitting;

namespace Weir.Generators.Pipelines;

/// <summary>What writing the loops of a pipeline came to.</summary>
internal sealed record EmittedPipelineModel
{
    /// <summary>The loops, unless we failed.</summary>
    public required KernelsModel? Kernels { get; init; }

    /// <summary>Our failure.</summary>
    public required GeneratorBugModel? Bug { get; init; }
}
