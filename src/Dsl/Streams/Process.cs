using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Treats the records of each key one by one, with state and timers, by a class of your own.</summary>
    /// <remarks>
    /// For what no other verb says. Works with event times and without; event timers need a stream that has them. The class is made once
    /// more when the job is planned, to ask which states it has.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="process">Makes the process: a new one at each call, for each subtask.</param>
    /// <returns>The results. <c>Side</c> gives its other outputs.</returns>
    /// <example><code>var alerts = payments.KeyBy(p => p.Card).Process(() => new FraudDetector(limit));
    /// alerts.Side(FraudDetector.Suspicious).To(…);</code></example>
    public static Stream<TOut> Process<T, TKey, TOut>(this KeyedStream<T, TKey> source, Func<KeyedProcess<TKey, T, TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(process);
        return source.Run("Process", process, process);
    }

    // A verb of the house that keeps state by key.
    private static Stream<TOut> Run<T, TKey, TOut>(
        this KeyedStream<T, TKey> source,
        string verb,
        Func<KeyedProcess<TKey, T, TOut>> process,
        Delegate? function,
        bool needsEventTime = false) =>
        source.Job.Then<TOut>(
            new ProcessStage<T, TKey, TOut>(verb, [source.Stage.Outputs[0]], source.Stage.Key, process, function, needsEventTime));
}
