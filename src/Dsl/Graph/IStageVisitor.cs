namespace Weir.Graph;

/// <summary>
/// One method for each kind of operator that the runtime has: how the runtime gets at the types of a stage without reflection.
/// </summary>
/// <typeparam name="TResult">What a visit answers.</typeparam>
public interface IStageVisitor<out TResult>
{
    /// <summary>A source.</summary>
    TResult Visit<T>(FromStage<T> stage);

    /// <summary>Assigns event times.</summary>
    TResult Visit<T>(EventTimeStage<T> stage);

    /// <summary>Treats each record by itself: filters, maps.</summary>
    TResult Visit<T, TOut>(RecordStage<T, TOut> stage);

    /// <summary>Maps one to many.</summary>
    TResult Visit<T, TOut>(SelectManyStage<T, TOut> stage);

    /// <summary>Keys the stream.</summary>
    TResult Visit<T, TKey>(KeyByStage<T, TKey> stage);

    /// <summary>Aggregates windows by LINQ over the group.</summary>
    TResult Visit<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage);

    /// <summary>Aggregates windows by an <see cref="IAggregate{TIn, TAcc, TOut}"/>.</summary>
    TResult Visit<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage);

    /// <summary>Hands all records of each window to a function.</summary>
    TResult Visit<T, TKey, TOut>(ProcessWindowStage<T, TKey, TOut> stage);

    /// <summary>Hands what windows were aggregated to to a function.</summary>
    TResult Visit<T, TKey, TAcc, TValue, TOut>(AggregateProcessStage<T, TKey, TAcc, TValue, TOut> stage);

    /// <summary>Treats the records of each key one by one, with state and timers.</summary>
    TResult Visit<T, TKey, TOut>(ProcessStage<T, TKey, TOut> stage);

    /// <summary>Deals records out evenly.</summary>
    TResult Visit<T>(RebalanceStage<T> stage);

    /// <summary>Makes several streams of one.</summary>
    TResult Visit<T>(SplitStage<T> stage);

    /// <summary>Gives each record to every subtask.</summary>
    TResult Visit<T>(BroadcastStage<T> stage);

    /// <summary>Gives each record to the subtask that the user's function says.</summary>
    TResult Visit<T>(PartitionStage<T> stage);

    /// <summary>Makes one stream of several.</summary>
    TResult Visit<T>(UnionStage<T> stage);

    /// <summary>A sink.</summary>
    TResult Visit<T>(ToStage<T> stage);
}
