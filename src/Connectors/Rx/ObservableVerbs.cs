using System.Reactive.Linq;
using Weir.Rx;

namespace Weir;

/// <summary>Streams that leave as observables. They come in by <c>job.From(observable, capacity, overflow)</c>, which needs no
/// package.</summary>
public static class ObservableVerbs
{
    /// <summary>Ends the stream in an observable: who subscribes runs the job.</summary>
    /// <remarks>
    /// <para>Cold: the job starts with the subscription, and unsubscribing stops it; its checkpoints are kept. One subscription at a time:
    /// <c>Publish().RefCount()</c> shares it. A second one at the same time gets an <see cref="InvalidOperationException"/> as
    /// <c>OnError</c>.</para>
    /// <para><c>OnNext</c> comes from one thread at a time; a slow one holds the job back. Behind the last record comes
    /// <c>OnCompleted</c>, or <c>OnError</c> with what the job failed with for good. At least once: after a failure of an attempt the
    /// records
    /// since the newest checkpoint come again.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream. All other streams of its job end in sinks.</param>
    /// <param name="options">How to run the job; null for <c>new JobOptions()</c>.</param>
    /// <returns>The observable.</returns>
    public static IObservable<T> AsObservable<T>(this Stream<T> source, JobOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var records = source.Job.ReadAsync(source, options);

        // Create sees to the grammar: nothing after the end or after unsubscribing, and one end only.
        return Observable.Create<T>(async (observer, cancellation) =>
        {
            // Away from the subscriber's thread, which may be one that must not wait.
            await Task.Yield();
            await foreach (var record in records.WithCancellation(cancellation).ConfigureAwait(false))
            {
                observer.OnNext(record);
            }
        });
    }

    /// <summary>Ends the stream in an observer, which sees the records of a job that somebody else runs.</summary>
    /// <remarks>
    /// <c>OnNext</c> comes from one thread at a time and may block, which holds the job back; what it throws fails the attempt. When the
    /// run
    /// has ended comes <c>OnCompleted</c>, or <c>OnError</c> if it failed for good or was cancelled. At least once, as of
    /// <see cref="AsObservable"/>.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="observer">Who sees them: a subject, for instance.</param>
    /// <returns>The end, to be given an id or a parallelism.</returns>
    public static StreamEnd To<T>(this Stream<T> source, IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(observer);
        return source.To(new ObserverSink<T>(observer));
    }
}
