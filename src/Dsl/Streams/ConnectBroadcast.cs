using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Brings a keyed stream together with one whose records every subtask must know: rules, rates, models.</summary>
    /// <remarks>
    /// The records of the second stream go through one subtask before they go to all, so that all see them in one order and hold the same
    /// content.
    /// </remarks>
    /// <typeparam name="T">The records of the keyed stream.</typeparam>
    /// <typeparam name="TRule">The records that go to every subtask.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="broadcast">The other, of the same job: what <c>Broadcast</c> returned.</param>
    /// <returns>Both, to be treated by <c>Process</c>.</returns>
    /// <exception cref="ArgumentException">The streams belong to two jobs, or the second does not go to every subtask.</exception>
    /// <example><code>payments.KeyBy(p => p.Card).Connect(limits.Broadcast()).Process(() => new Limits())</code></example>
    public static BroadcastConnectedStreams<T, TRule, TKey> Connect<T, TRule, TKey>(
        this KeyedStream<T, TKey> source, Stream<TRule> broadcast)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(broadcast);
        if (source.Job != broadcast.Job)
        {
            throw new ArgumentException(
                $"Connect takes streams of one job, but one of these belongs to '{broadcast.Job.Name}' and one to '{source.Job.Name}'.",
                nameof(broadcast));
        }

        if (broadcast.Stage is not BroadcastStage<TRule> stage)
        {
            throw new ArgumentException(
                "Connect takes a keyed stream, whose records meet those of their key, or one that goes to every subtask. Write "
                    + "Connect(other.KeyBy(…)) or Connect(other.Broadcast()).",
                nameof(broadcast));
        }

        stage.PutInOrder(source.Job.Graph);
        return new BroadcastConnectedStreams<T, TRule, TKey>(source, broadcast);
    }

    /// <summary>Treats the records of a keyed stream one by one, by what the other stream has said to all subtasks.</summary>
    /// <remarks>As <c>Process</c> of one keyed stream. The watermark is the least of both, an idle one left out.</remarks>
    /// <typeparam name="T">The records of the keyed stream.</typeparam>
    /// <typeparam name="TRule">The records that go to every subtask.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The two streams.</param>
    /// <param name="process">Makes the process: a new one at each call, for each subtask.</param>
    /// <returns>The results. <c>Side</c> gives its other outputs.</returns>
    public static Stream<TOut> Process<T, TRule, TKey, TOut>(
        this BroadcastConnectedStreams<T, TRule, TKey> source, Func<BroadcastProcess<TKey, T, TRule, TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(process);
        var keyed = source.Keyed.Stage;

        // There is no key for the records of the other stream, and nobody asks for it.
        return source.Keyed.Job.ProcessBoth<T, TRule, TKey, TOut>(
            (StageOutput<T>)keyed.Outputs[0],
            source.Broadcast.Output,
            record => record.IsLeft ? keyed.Key(record.Left) : default!,
            () => process() is { } made ? new ProcessOfBroadcast<TKey, T, TRule, TOut>(made) : null!,
            process);
    }

    // Two streams become one, whose records say which they are of, where their process runs.
    private static Stream<TOut> ProcessBoth<TLeft, TRight, TKey, TOut>(
        this Job job,
        StageOutput<TLeft> left,
        StageOutput<TRight> right,
        Func<Either<TLeft, TRight>, TKey> key,
        Func<KeyedProcess<TKey, Either<TLeft, TRight>, TOut>> make,
        Delegate function)
    {
        // A struct of two types of the user's that no code of his names: nobody generates its codec.
        Codecs.Register(new EitherCodec<TLeft, TRight>());
        var lefts = new ConnectStage<TLeft, Either<TLeft, TRight>>(left, static record => new(true, record, default!));
        var rights = new ConnectStage<TRight, Either<TLeft, TRight>>(right, static record => new(false, default!, record));
        job.Graph.Add(lefts);
        job.Graph.Add(rights);
        var stage = new ProcessStage<Either<TLeft, TRight>, TKey, TOut>(
            "Process", [lefts.Outputs[0], rights.Outputs[0]], key, make, function);
        lefts.RunWith(stage);
        rights.RunWith(stage);
        return job.Then<TOut>(stage);
    }
}
