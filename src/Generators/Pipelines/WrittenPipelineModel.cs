using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Emitting;

namespace Weir.Generators.Pipelines;

/// <summary>What writing a file of interceptors came to.</summary>
internal sealed record WrittenPipelineModel
{
    /// <summary>The file; null if there is nothing to write, or we failed.</summary>
    public required PipelineFileModel? File { get; init; }

    /// <summary>Our failure.</summary>
    public required GeneratorBugModel? Bug { get; init; }
}
