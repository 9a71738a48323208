using System.Threading.Channels;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Ends the stream in a function.</summary>
    /// <remarks>
    /// For first steps, tests and small services: records are given to the function at least once, those since the newest checkpoint again
    /// after a failure. It is called for one record at a time, on threads of the pool, in the order of each subtask, and may block: then
    /// the
    /// job is held back. A checkpoint waits until it has had all records before it. What it throws fails the attempt.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="action">What is done with each record.</param>
    /// <returns>The end, to be given an id or a parallelism.</returns>
    public static StreamEnd To<T>(this Stream<T> source, Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return source.To(new FunctionSink<T>("a function", (record, _) =>
        {
            action(record);
            return ValueTask.CompletedTask;
        }));
    }

    /// <summary>Ends the stream in an asynchronous function. The next record comes when the task of the one before has ended.</summary>
    /// <inheritdoc cref="To{T}(Stream{T}, Action{T})"/>
    public static StreamEnd To<T>(this Stream<T> source, Func<T, Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return source.To(new FunctionSink<T>("a function", async (record, _) => await action(record).ConfigureAwait(false)));
    }

    /// <summary>Ends the stream in an asynchronous function. The next record comes when the task of the one before has ended.</summary>
    /// <inheritdoc cref="To{T}(Stream{T}, Action{T})" path="/remarks|/typeparam|/returns"/>
    /// <param name="source">The stream.</param>
    /// <param name="action">What is done with each record. Its token is cancelled when the attempt ends.</param>
    public static StreamEnd To<T>(this Stream<T> source, Func<T, CancellationToken, ValueTask> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return source.To(new FunctionSink<T>("a function", action));
    }

    /// <summary>Ends the stream in a channel. A channel that is full holds the job back.</summary>
    /// <remarks>
    /// At least once: what was written since the newest checkpoint is written again after a failure. The channel is completed when the run
    /// of the job has ended: with its exception if it failed for good or was cancelled. A checkpoint waits until the channel has taken all
    /// records before it.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="channel">The writing end. Its subtasks write one at a time.</param>
    /// <returns>The end, to be given an id or a parallelism.</returns>
    public static StreamEnd To<T>(this Stream<T> source, ChannelWriter<T> channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return source.To(new ChannelSink<T>(channel));
    }
}
