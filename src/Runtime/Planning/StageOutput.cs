using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Something to be done with the type of the records that a stage puts out.</summary>
/// <typeparam name="TResult">What it answers.</typeparam>
internal interface ITypedCall<out TResult>
{
    TResult Of<T>();
}

/// <summary>Calls with the type of the records that a stage puts out: how code that holds stages gets back to types without reflection.</summary>
internal sealed class StageOutput<TResult>(ITypedCall<TResult> call) : IStageVisitor<TResult>
{
    public TResult Visit<T>(FromStage<T> stage) => call.Of<T>();

    public TResult Visit<T>(EventTimeStage<T> stage) => call.Of<T>();

    public TResult Visit<T>(WhereStage<T> stage) => call.Of<T>();

    public TResult Visit<T, TOut>(SelectStage<T, TOut> stage) => call.Of<TOut>();

    public TResult Visit<T, TOut>(SelectManyStage<T, TOut> stage) => call.Of<TOut>();

    public TResult Visit<T, TKey>(KeyByStage<T, TKey> stage) => call.Of<T>();

    public TResult Visit<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage) => call.Of<TOut>();

    public TResult Visit<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage) => call.Of<TOut>();

    public TResult Visit<T>(RebalanceStage<T> stage) => call.Of<T>();

    public TResult Visit<T>(UnionStage<T> stage) => call.Of<T>();

    public TResult Visit<T>(ToStage<T> stage) => call.Of<T>();
}
