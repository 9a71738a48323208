using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>One verb call of a pipeline. Names of types are null where generated code cannot write them.</summary>
internal sealed record StageModel
{
    /// <summary>What the verb does.</summary>
    public required StageKind Kind { get; init; }

    /// <summary>The verb's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The streams that go in.</summary>
    public required EquatableArray<StageInputModel> Inputs { get; init; }

    /// <summary>The records that come in.</summary>
    public required string? In { get; init; }

    /// <summary>The records that go out.</summary>
    public required string? Out { get; init; }

    /// <summary>Whether the records that go out are known to hold no references.</summary>
    public required bool IsUnmanaged { get; init; }

    /// <summary>How many times the result is used.</summary>
    public required int Users { get; init; }

    /// <summary>Whether the user set a parallelism for it.</summary>
    public required bool HasParallelism { get; init; }

    /// <summary>Whether the records that go out carry event times.</summary>
    public required TimeKnowledge Times { get; init; }

    /// <summary>Whether a loop can be written for it.</summary>
    public required bool CanCompile { get; init; }

    /// <summary>The line of the call, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The user's function, if the verb has one.</summary>
    public required FunctionModel? Function { get; init; }

    /// <summary>The verb's parameter for it, in small letters as there.</summary>
    public required string? FunctionParameter { get; init; }

    /// <summary>What the function answers.</summary>
    public required string? ResultType { get; init; }

    /// <summary>The key, if the verb keys the stream or needs it keyed.</summary>
    public required KeyModel? Key { get; init; }

    /// <summary>How windows are aggregated, if the verb does that.</summary>
    public required AggregateModel? Aggregate { get; init; }

    /// <summary>Whether late records go to a stream of their own.</summary>
    public required bool TakesLate { get; init; }

    /// <summary>The verb's method, where loops may be attached behind it.</summary>
    public required VerbSignatureModel? Signature { get; init; }
}
