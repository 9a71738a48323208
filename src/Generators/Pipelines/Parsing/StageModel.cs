using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>One verb call of a pipeline. Type names are empty where generated code cannot write them.</summary>
/// <param name="Kind">The verb.</param>
/// <param name="Inputs">The stages before, by position in the pipeline; −1 for a stream that comes from elsewhere.</param>
/// <param name="In">The records that come in.</param>
/// <param name="Out">The records that go out.</param>
/// <param name="IsUnmanaged">Whether the records that go out hold no references.</param>
/// <param name="Users">How many times the result is used.</param>
/// <param name="HasParallelism">Whether the user set a parallelism for it.</param>
/// <param name="Times">Whether the records that go out carry event times.</param>
/// <param name="CanCompile">Whether a loop can be written for it.</param>
/// <param name="Why">If not: why, for people.</param>
/// <param name="Line">The line of the call, from 1.</param>
/// <param name="Function">The user's function, if the verb has one.</param>
/// <param name="ResultType">What the function answers.</param>
/// <param name="Key">The key, if the verb keys the stream.</param>
/// <param name="Aggregate">How windows are aggregated, if the verb does that.</param>
/// <param name="TakesLate">Whether late records go to a stream of their own.</param>
internal sealed record StageModel(
    StageKind Kind,
    EquatableArray<int> Inputs,
    string In,
    string Out,
    bool IsUnmanaged,
    int Users,
    bool HasParallelism,
    TimeKnowledge Times,
    bool CanCompile,
    string Why,
    int Line,
    FunctionModel? Function,
    string ResultType,
    KeyModel? Key,
    AggregateModel? Aggregate,
    bool TakesLate);

/// <summary>The verbs that add a stage.</summary>
internal enum StageKind
{
    From,
    WithEventTime,
    Where,
    Select,
    SelectMany,
    KeyBy,
    Aggregate,
    Rebalance,
    Union,
    To,
}

/// <summary>Whether records carry event times.</summary>
internal enum TimeKnowledge
{
    Untimed,
    Timed,
    Unknown,
}
