using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A stage of a pipeline. Names of types are null where generated code cannot write them.</summary>
internal abstract record StageModel
{
    /// <summary>The call that makes it.</summary>
    public required StageCallModel Call { get; init; }

    /// <summary>The records that come in.</summary>
    public required string? In { get; init; }

    /// <summary>The records that go out.</summary>
    public required string? Out { get; init; }

    /// <summary>Whether the records that go out carry event times.</summary>
    public required TimeKnowledge Times { get; init; }

    /// <summary>
    /// Gets a value indicating whether the verb makes one more stage behind it, which no loop is part of: the stream comes from that.
    /// </summary>
    public virtual bool HasStageBehind => false;

    public string Verb => Call.Verb;

    public EquatableArray<StageInputModel> Inputs => Call.Inputs;

    public int Users => Call.Users;

    public bool HasParallelism => Call.HasParallelism;

    public bool CatchesErrors => Call.CatchesErrors;

    public int Line => Call.Line;

    public string? File => Call.File;

    public SiteModel Site => Call.Site;

    public bool IsCertain => Call.IsCertain;

    public VerbSignatureModel Signature => Call.Signature;
}

/// <summary>A verb call, and where it stands in the pipeline.</summary>
internal sealed record StageCallModel
{
    /// <summary>The verb's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The streams that go in.</summary>
    public required EquatableArray<StageInputModel> Inputs { get; init; }

    /// <summary>How many times the result is used.</summary>
    public required int Users { get; init; }

    /// <summary>Whether the user set a parallelism for it.</summary>
    public required bool HasParallelism { get; init; }

    /// <summary>Whether <c>OnError</c> stands behind it.</summary>
    public required bool CatchesErrors { get; init; }

    /// <summary>The line of the call, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The path of the file that the call stands in; null if it has none.</summary>
    public required string? File { get; init; }

    /// <summary>The call's name.</summary>
    public required SiteModel Site { get; init; }

    /// <summary>Whether no other stage of the pipeline is made by the same call.</summary>
    public required bool IsCertain { get; init; }

    /// <summary>The verb's method, behind which loops are attached.</summary>
    public required VerbSignatureModel Signature { get; init; }
}

/// <summary>A stage that is never part of a loop: a source, a sink, or what moves records between subtasks.</summary>
internal sealed record BoundaryStageModel : StageModel
{
    /// <summary>Whether its inputs are those of the stage: some verbs make stages of their own in between.</summary>
    public required bool IsDirect { get; init; }
}

/// <summary>A stage that a loop can be written for, if nothing stands against it.</summary>
internal abstract record LoopStageModel : StageModel
{
    /// <summary>Whether a loop is written for it.</summary>
    public abstract bool IsCompiled { get; }
}

/// <summary>A stage with a function that takes each record.</summary>
internal abstract record FunctionStageModel : LoopStageModel
{
    /// <summary>The user's function.</summary>
    public required FunctionModel Function { get; init; }

    /// <summary>The verb's parameter for it, in small letters as there.</summary>
    public required string FunctionParameter { get; init; }

    /// <summary>The type of the records that the function takes, as loops have them: of the variables of a query, a pair.</summary>
    public required string? Taken { get; init; }

    /// <summary>What the function answers.</summary>
    public required string? ResultType { get; init; }

    /// <summary>Whether loop and function can do without the types that generated code cannot name.</summary>
    public required bool CanCompile { get; init; }

    public override bool IsCompiled => CanCompile;
}

/// <summary>A verb that treats each record by itself.</summary>
internal sealed record RecordStageModel : FunctionStageModel
{
    /// <summary>What it does.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>The type of the records that it makes, as loops have them: of the variables of a query, a pair.</summary>
    public required string? Made { get; init; }

    /// <summary>What is done with each item of what the function answers; null if items are the records.</summary>
    public required ItemModel? Item { get; init; }

    /// <summary>Whether each record is told to what makes watermarks, besides its time.</summary>
    public required bool HasMarks { get; init; }

    /// <summary>Whether a loop may read what the function answers of a record before its turn.</summary>
    public required bool AllowsLookahead { get; init; }

    /// <summary>Whether the records that go out are known to hold no references.</summary>
    public required bool IsUnmanaged { get; init; }
}

/// <summary>A <c>KeyBy</c>.</summary>
internal sealed record KeyByStageModel : FunctionStageModel
{
    /// <summary>The key.</summary>
    public required KeyModel Key { get; init; }

    /// <summary>Whether a loop may read the key of a record before its turn.</summary>
    public required bool AllowsLookahead { get; init; }

    /// <summary>Whether a record may be null.</summary>
    public required bool TakesNull { get; init; }
}

/// <summary>A <c>Split</c>: by a function that says yes or no, or by the types of the records.</summary>
internal sealed record SplitStageModel : FunctionStageModel
{
    /// <summary>The types of the streams beside the main one, in order; of one function, that of the rest.</summary>
    public required EquatableArray<string> Sides { get; init; }

    /// <summary>Whether types tell records apart.</summary>
    public bool IsByType => Function is DefaultFunctionModel;
}

/// <summary>What hands each record of a keyed stream to an operator with state: <c>Process</c>, <c>Lag</c> and their kin.</summary>
internal sealed record ProcessStageModel : LoopStageModel
{
    /// <summary>Whether generated code can name its types, and knows its key.</summary>
    public required bool CanCompile { get; init; }

    public override bool IsCompiled => CanCompile;
}

/// <summary>What ends windows: <c>Aggregate</c>, <c>Reduce</c>, <c>Process</c> or <c>TopN</c>.</summary>
internal sealed record AggregateStageModel : LoopStageModel
{
    /// <summary>How windows are aggregated; null if their records must be kept, or a type cannot be named.</summary>
    public required AggregateModel? Aggregate { get; init; }

    /// <summary>Whether late records go to a stream of their own; null if that is known only then.</summary>
    public required bool? TakesLate { get; init; }

    /// <summary>The forms in which its windows may be kept and that a loop is written for.</summary>
    public required WindowForms Loops { get; init; }

    /// <summary>Whether the results are rankings, of which one more stage makes records.</summary>
    public required bool MakesRankings { get; init; }

    public override bool HasStageBehind => MakesRankings;

    public override bool IsCompiled => Aggregate is not null && Loops != WindowForms.None;
}
