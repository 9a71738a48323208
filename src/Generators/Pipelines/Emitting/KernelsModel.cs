using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>All that is generated for a pipeline but its interceptors: those name positions, which every edit of the file moves.</summary>
internal sealed record KernelsModel
{
    /// <summary>What generated types begin with.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the file.</summary>
    public required string HintName { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Which loops to attach where.</summary>
    public required EquatableArray<AttachmentModel> Attachments { get; init; }
}

/// <summary>The loops that end in one stage.</summary>
internal sealed record AttachmentModel
{
    /// <summary>The stage, by position in the pipeline.</summary>
    public required int Stage { get; init; }

    /// <summary>The verb's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The verb's method.</summary>
    public required VerbSignatureModel Signature { get; init; }

    /// <summary>The factories of the loops.</summary>
    public required EquatableArray<string> Spans { get; init; }
}

/// <summary>The generated file of a pipeline, complete.</summary>
internal sealed record PipelineFileModel
{
    /// <summary>The name of the file.</summary>
    public required string HintName { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }
}
