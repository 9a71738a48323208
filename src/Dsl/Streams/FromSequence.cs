using System.Collections.Immutable;
using System.ComponentModel;
using System.Threading.Channels;

namespace Weir;

public sealed partial class Job
{
    private const string NoText =
        "A text is a sequence of characters, which is hardly what you mean. Read a file with Csv.Read or JsonLines.Read; for the "
            + "characters write From(text.ToCharArray()).";

    /// <summary>Starts a stream at a list in memory: an array, a <see cref="List{T}"/>, an immutable array.</summary>
    /// <remarks>
    /// Records come in the order of the list, in one subtask; <c>Rebalance</c> spreads them. A restart goes on from the position in the
    /// list that its checkpoint holds: exactly once, also in another process, if that makes the same list.
    /// </remarks>
    /// <typeparam name="T">The records; null is a record as any other.</typeparam>
    /// <param name="records">The list. It must not change while the job runs.</param>
    /// <returns>Its records.</returns>
    /// <exception cref="ArgumentException">It is an immutable array that was never made.</exception>
    public Stream<T> From<T>(IReadOnlyList<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records is ImmutableArray<T> { IsDefault: true })
        {
            throw new ArgumentException(
                "The immutable array is default, which is not the empty one: it was declared, and no records were assigned.",
                nameof(records));
        }

        return From(new ListSource<T>(records));
    }

    /// <summary>Starts a stream at a sequence that is enumerated once.</summary>
    /// <remarks>
    /// <para>Enumerated in the background, and no further than 1,024 records ahead: it may be endless, and a step of it may block. It is
    /// disposed when it ends, or when the run of the job does.</para>
    /// <para>It cannot be read again: a restart after a failure goes on in it, and what was taken since the newest checkpoint is lost. A
    /// sequence that throws ends the job for good. A list that only looks like a sequence is read as a list.</para>
    /// </remarks>
    /// <typeparam name="T">The records; null is a record as any other.</typeparam>
    /// <param name="records">The sequence. For one that can be made again write <c>From(() => records)</c>.</param>
    /// <returns>Its records, in order, in one subtask.</returns>
    public Stream<T> From<T>(IEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records is IReadOnlyList<T> list
            ? From(new ListSource<T>(list))
            : From(new OneShotSource<T>(() => new EnumerablePull<T>(() => records, 0)));
    }

    /// <summary>Starts a stream at a sequence that can be made again.</summary>
    /// <remarks>
    /// Enumerated in the background, and no further than 1,024 records ahead. A restart makes it again and passes over what its checkpoint
    /// covers: exactly once, if the function makes the same records in the same order each time. A sequence with fewer than the checkpoint
    /// covers is refused. Each is disposed when its attempt ends.
    /// </remarks>
    /// <typeparam name="T">The records; null is a record as any other.</typeparam>
    /// <param name="records">Makes the sequence: once an attempt, on a thread of the pool.</param>
    /// <returns>Its records, in order, in one subtask.</returns>
    public Stream<T> From<T>(Func<IEnumerable<T>> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return From(new ReplayedSource<T>(offset => new EnumerablePull<T>(records, offset)));
    }

    /// <summary>Starts a stream at a sequence that can be made again from any position.</summary>
    /// <inheritdoc cref="From{T}(Func{IEnumerable{T}})" path="/remarks|/typeparam|/returns"/>
    /// <param name="recordsFrom">Makes the sequence without so many records of its beginning.</param>
    public Stream<T> From<T>(Func<long, IEnumerable<T>> recordsFrom)
    {
        ArgumentNullException.ThrowIfNull(recordsFrom);
        return From(new ReplayedSource<T>(offset => new EnumerablePull<T>(() => recordsFrom(offset), 0)));
    }

    /// <summary>Starts a stream at an asynchronous sequence that is enumerated once.</summary>
    /// <inheritdoc cref="From{T}(IEnumerable{T})" path="/remarks|/typeparam|/returns"/>
    /// <param name="records">The sequence. Its cancellation token is cancelled when the run of the job ends. For one that can be made again
    /// write <c>From(() => records)</c>.</param>
    public Stream<T> From<T>([ReadOnce] IAsyncEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return From(new OneShotSource<T>(() => new AsyncEnumerablePull<T>(() => records, 0)));
    }

    /// <summary>Starts a stream at an asynchronous sequence that can be made again.</summary>
    /// <inheritdoc cref="From{T}(Func{IEnumerable{T}})"/>
    public Stream<T> From<T>(Func<IAsyncEnumerable<T>> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return From(new ReplayedSource<T>(offset => new AsyncEnumerablePull<T>(records, offset)));
    }

    /// <summary>Starts a stream at an asynchronous sequence that can be made again from any position.</summary>
    /// <inheritdoc cref="From{T}(Func{long, IEnumerable{T}})"/>
    public Stream<T> From<T>(Func<long, IAsyncEnumerable<T>> recordsFrom)
    {
        ArgumentNullException.ThrowIfNull(recordsFrom);
        return From(new ReplayedSource<T>(offset => new AsyncEnumerablePull<T>(() => recordsFrom(offset), 0)));
    }

    /// <summary>Starts a stream at a channel. The job ends when the channel is completed and empty.</summary>
    /// <remarks>
    /// The job takes a batch at a time and no more than it can use: a bounded channel holds back who writes. What it has taken cannot be
    /// read again: what was taken since the newest checkpoint is lost with a failure. A channel that is completed with an exception ends
    /// the job for good.
    /// </remarks>
    /// <typeparam name="T">The records; null is a record as any other.</typeparam>
    /// <param name="channel">The reading end. The job must be its only reader.</param>
    /// <returns>What is written to the channel, in order, in one subtask.</returns>
    public Stream<T> From<T>([ReadOnce] ChannelReader<T> channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return From(new ChannelSource<T>(channel));
    }

    /// <summary>Starts a stream at an observable. The job ends when the observable completes.</summary>
    /// <remarks>
    /// The job subscribes when it begins to read, and unsubscribes when its run ends. Nothing that was pushed can be had again: what was
    /// taken since the newest checkpoint is lost with a failure, and so is what the buffer could not hold. Dropped records are counted in
    /// <c>Skipped</c>, and a warning tells of them. <c>OnError</c> ends the job for good, after what was pushed before it.
    /// </remarks>
    /// <typeparam name="T">The records; null is a record as any other.</typeparam>
    /// <param name="observable">Who pushes. It may do so from several threads.</param>
    /// <param name="capacity">The most records that wait for the job; at least 1.</param>
    /// <param name="overflow">What becomes of one more.</param>
    /// <returns>What is pushed, in order, in one subtask.</returns>
    public Stream<T> From<T>([ReadOnce] IObservable<T> observable, int capacity, OnOverflow overflow)
    {
        ArgumentNullException.ThrowIfNull(observable);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)overflow, (int)OnOverflow.Fail, nameof(overflow));
        return From(new ObservableSource<T>(observable, capacity, overflow));
    }

    /// <summary>Refused: a text is a sequence of characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoText, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Stream<char> From(string text) => throw new NotSupportedException(NoText);
}
