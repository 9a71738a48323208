using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Brings two keyed streams of the same kind of key together: records of a key meet in one process.</summary>
    /// <typeparam name="TLeft">The records of the first.</typeparam>
    /// <typeparam name="TRight">The records of the second.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The first stream.</param>
    /// <param name="other">The second stream, of the same job.</param>
    /// <returns>Both, to be treated by <c>Process</c>.</returns>
    /// <exception cref="ArgumentException">The streams belong to two jobs.</exception>
    public static ConnectedStreams<TLeft, TRight, TKey> Connect<TLeft, TRight, TKey>(
        this KeyedStream<TLeft, TKey> source, KeyedStream<TRight, TKey> other)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(other);
        return source.Job == other.Job
            ? new ConnectedStreams<TLeft, TRight, TKey>(source, other)
            : throw new ArgumentException(
                $"Connect takes streams of one job, but one of these belongs to '{other.Job.Name}' and one to '{source.Job.Name}'.",
                nameof(other));
    }

    /// <summary>Treats the records of two keyed streams one by one, with state and timers that both share.</summary>
    /// <remarks>As <c>Process</c> of one keyed stream. The watermark is the least of both, an idle one left out.</remarks>
    /// <typeparam name="TLeft">The records of the first.</typeparam>
    /// <typeparam name="TRight">The records of the second.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The two streams.</param>
    /// <param name="process">Makes the process: a new one at each call, for each subtask.</param>
    /// <returns>The results. <c>Side</c> gives its other outputs.</returns>
    public static Stream<TOut> Process<TLeft, TRight, TKey, TOut>(
        this ConnectedStreams<TLeft, TRight, TKey> source, Func<KeyedProcess<TKey, TLeft, TRight, TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(process);
        var (left, right) = (source.Left.Stage, source.Right.Stage);
        return source.Left.Job.ProcessBoth<TLeft, TRight, TKey, TOut>(
            (StageOutput<TLeft>)left.Outputs[0],
            (StageOutput<TRight>)right.Outputs[0],
            record => record.IsLeft ? left.Key(record.Left) : right.Key(record.Right),
            () => process() is { } made ? new ProcessOfEither<TKey, TLeft, TRight, TOut>(made) : null!,
            process);
    }
}
