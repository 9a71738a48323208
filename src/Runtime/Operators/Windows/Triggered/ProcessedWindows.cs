using Weir.Graph;
using Weir.Runtime.Kernels;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Makes the operator of windows whose contents go to a process: the loop in front of it is interpreted or generated.</summary>
public static class ProcessedWindows
{
    /// <summary>Windows that keep their records.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="context">The span that it ends.</param>
    /// <param name="stage">The stage; its windows have no evictor, and do not merge.</param>
    /// <returns>The operator, put on record.</returns>
    public static TriggeredWindows<T, TKey, List<T>, TOut, KeptFunctor<T, TKey, TOut>> Of<T, TKey, TOut>(
        SpanContext context, ProcessWindowStage<T, TKey, TOut> stage)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(stage);
        var process = new ProcessOfWindows<IReadOnlyList<T>, TKey, TOut>(stage.MakeOne(), context.Subtask, stage.Id, stage.Windows.Kind);
        return new(
            context,
            stage.Id,
            stage.Windows,
            new(context.Seed),
            new RecordListCodec<T>(Codecs.Of<T>()),
            new ProcessFunction<List<T>, IReadOnlyList<T>, TKey, TOut>(process, static records => records));
    }

    /// <summary>Windows that keep accumulators.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator.</typeparam>
    /// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="context">The span that it ends.</param>
    /// <param name="stage">The stage; its windows have no evictor, and the aggregate can be merged where they are.</param>
    /// <returns>The operator, put on record.</returns>
    public static TriggeredWindows<T, TKey, TAcc, TOut, AccumulatorFunctor<T, TKey, TAcc, TValue, TOut>> Of<T, TKey, TAcc, TValue, TOut>(
        SpanContext context, AggregateProcessStage<T, TKey, TAcc, TValue, TOut> stage)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(stage);
        var aggregate = stage.Aggregate;
        var process = new ProcessOfWindows<TValue, TKey, TOut>(stage.MakeOne(), context.Subtask, stage.Id, stage.Windows.Kind);
        return new(
            context,
            stage.Id,
            stage.Windows,
            new(aggregate, context.Seed),
            Codecs.Of<TAcc>(),
            new ProcessFunction<TAcc, TValue, TKey, TOut>(process, contents => aggregate.Result(contents)));
    }
}
