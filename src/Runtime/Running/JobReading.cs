using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Weir.Runtime;

namespace Weir;

/// <summary>Runs jobs for who reads one of their streams.</summary>
public static class JobReading
{
    /// <summary>The most records that wait for the reader.</summary>
    private const int Capacity = 1024;

    /// <summary>Ends a stream in the caller's <c>await foreach</c>: the job runs while it is enumerated.</summary>
    /// <remarks>
    /// <para>Nothing runs before the first record is asked for. The job is never more than 1,024 records and what is under way ahead of the
    /// reader. When the enumeration ends early (<c>break</c>, an exception, cancellation) the job is stopped, and its checkpoints are
    /// kept.</para>
    /// <para>At least once: if an attempt fails, the records since the newest checkpoint come again. Without a
    /// <see cref="JobOptions.RestartStrategy"/> that restarts, each comes once. Records come in the order of each subtask. After the last
    /// one a job that failed for good throws what it failed with.</para>
    /// <para>Enumerating it again runs the job again; with a checkpoint directory it goes on from its newest checkpoint. Not at the same
    /// time: the second enumeration is refused.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="job">The job. All its other streams end in sinks.</param>
    /// <param name="stream">The stream to read; one of the job.</param>
    /// <param name="options">How to run; null for <c>new JobOptions()</c>.</param>
    /// <param name="cancellation">Stops the job; so does the token of <c>WithCancellation</c>.</param>
    /// <returns>The records.</returns>
    /// <exception cref="ArgumentException">The stream belongs to another job.</exception>
    /// <example><code>await foreach (var total in job.ReadAsync(totals)) { … }</code></example>
    public static IAsyncEnumerable<T> ReadAsync<T>(
        this Job job, Stream<T> stream, JobOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Job != job)
        {
            throw new ArgumentException($"The stream belongs to job '{stream.Job.Name}' and not to '{job.Name}'.", nameof(stream));
        }

        var reading = new Reading<T>();
        stream.To(reading.TakeAsync);
        return reading.RunAsync(job, options, cancellation);
    }

    private sealed class Reading<T>
    {
        private Channel<T>? _channel;

        public ValueTask TakeAsync(T record, CancellationToken cancellation) => _channel is { } channel
            ? channel.Writer.WriteAsync(record, cancellation)
            : throw new PlanException(
                "The stream is read by ReadAsync, but the job was started without it. Enumerate what ReadAsync returned.");

        public async IAsyncEnumerable<T> RunAsync(Job job, JobOptions? options, [EnumeratorCancellation] CancellationToken cancellation)
        {
            var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { SingleReader = true });
            if (Interlocked.CompareExchange(ref _channel, channel, null) is not null)
            {
                throw new InvalidOperationException($"Job '{job.Name}' is being read already: enumerate it once at a time.");
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task<JobResult>? running = null;
            try
            {
                running = job.RunAsync(options, stop.Token);
                _ = running.ContinueWith(
                    _ => channel.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
                while (await channel.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
                {
                    while (channel.Reader.TryRead(out var record))
                    {
                        yield return record;
                    }
                }

                await running.ConfigureAwait(false);
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
                if (running is not null)
                {
                    await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                _channel = null;
            }
        }
    }
}
