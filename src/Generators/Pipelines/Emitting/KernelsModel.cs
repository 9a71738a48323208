using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>All that is generated for a pipeline but its interceptors: those name positions, which every edit of the file moves.</summary>
internal sealed record KernelsModel
{
    /// <summary>The name of the file.</summary>
    public required string HintName { get; init; }

    /// <summary>The text; the namespace that is the file's own stays open.</summary>
    public required string Text { get; init; }

    /// <summary>What the interceptors of the pipeline's own calls do.</summary>
    public required EquatableArray<AttachmentModel> Attachments { get; init; }

    /// <summary>The loops that are offered to the job.</summary>
    public required EquatableArray<OfferModel> Offers { get; init; }

    /// <summary>
    /// The class that offers them where no call of the pipeline's own method can: the interceptors of helper methods ask it to. Else null.
    /// </summary>
    public required string? OfferingClass { get; init; }

    /// <summary>The calls in helper methods whose stages those ask for.</summary>
    public required EquatableArray<MarkModel> Marks { get; init; }
}

/// <summary>What the interceptor of a call does.</summary>
internal sealed record AttachmentModel
{
    /// <summary>A stage that the call makes, by position in the pipeline.</summary>
    public required int Stage { get; init; }

    /// <summary>The verb's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The verb's method.</summary>
    public required VerbSignatureModel Signature { get; init; }

    /// <summary>The loops that are attached.</summary>
    public required EquatableArray<AttachedSpanModel> Spans { get; init; }

    /// <summary>The name that the stage is marked with; null for none.</summary>
    public required string? Mark { get; init; }

    /// <summary>Whether the stage that is meant comes before that of the stream.</summary>
    public required bool HasStageBehind { get; init; }

    /// <summary>Whether the pipeline's loops are offered to the job here.</summary>
    public required bool Offers { get; init; }
}

/// <summary>A loop that is attached.</summary>
internal sealed record AttachedSpanModel
{
    /// <summary>The expression that makes its factory.</summary>
    public required string Span { get; init; }

    /// <summary>Which inputs lead from the stage of the call back to the last stage of the loop.</summary>
    public required EquatableArray<int> Back { get; init; }
}

/// <summary>A loop that is offered.</summary>
internal sealed record OfferModel
{
    /// <summary>The expression that makes its factory.</summary>
    public required string Span { get; init; }

    /// <summary>The calls that must have made its stages.</summary>
    public required EquatableArray<string> Sites { get; init; }
}

/// <summary>A call in a helper method, which marks its stage.</summary>
internal sealed record MarkModel
{
    /// <summary>A stage that the call makes, by position in the pipeline.</summary>
    public required int Stage { get; init; }

    /// <summary>The name of the call.</summary>
    public required string Site { get; init; }

    /// <summary>Whether the stage that is meant comes before that of the stream.</summary>
    public required bool HasStageBehind { get; init; }

    /// <summary>The verb's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The verb's method.</summary>
    public required VerbSignatureModel Signature { get; init; }

    /// <summary>The class that offers the loops which end here; null if the pipeline's own calls do.</summary>
    public required string? OfferingClass { get; init; }
}

/// <summary>A call in a helper method and where it is.</summary>
internal sealed record MarkedCallModel
{
    /// <summary>What its interceptor does.</summary>
    public required MarkModel Mark { get; init; }

    /// <summary>The classes that offer loops which end here.</summary>
    public required EquatableArray<string> OfferingClasses { get; init; }

    /// <summary>Where it is.</summary>
    public required LocationModel Location { get; init; }
}

/// <summary>The generated file of a pipeline, complete.</summary>
internal sealed record PipelineFileModel
{
    /// <summary>The name of the file.</summary>
    public required string HintName { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }
}
