using System.Runtime.CompilerServices;

namespace Weir.Runtime.Streams;

/// <summary>Gathers what an operator puts out and passes it on a batch at a time.</summary>
/// <remarks>
/// Generated kernels that make at most one record of each write straight into the batch: <see cref="Batch{T}.Open"/> on
/// <see cref="Batch"/>, then <see cref="Batch{T}.Commit"/>, then <see cref="Flush"/>.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <param name="next">Who takes them in.</param>
/// <param name="capacity">The most records of a batch: at least that of the batches that come in.</param>
/// <param name="capacityBytes">About the most bytes of a batch that is filled by <see cref="Add(T)"/>: the record that goes beyond is its
/// last.</param>
public sealed class Collector<T>(Receiver<T> next, int capacity, long capacityBytes = long.MaxValue)
{
    private readonly RecordSizes<T> _sizes = new();
    private long _bytes;

    /// <summary>Gets the batch being filled. Empty between calls, unless the operator is held (<see cref="IResumable"/>).</summary>
    public Batch<T> Batch { get; } = new(capacity);

    /// <summary>Gets who takes the records in.</summary>
    public Receiver<T> Next { get; } = next;

    /// <summary>Adds a record without an event time; passes the batch on when it is full.</summary>
    /// <param name="value">The record.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value)
    {
        Batch.Add(value);
        if (Batch.IsFull || IsHeavy(value))
        {
            Flush(Batch.Lane);
        }
    }

    /// <summary>Adds a record with its event time; passes the batch on when it is full.</summary>
    /// <param name="value">The record.</param>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value, long time)
    {
        Batch.Add(value, time);
        if (Batch.IsFull || IsHeavy(value))
        {
            Flush(Batch.Lane);
        }
    }

    /// <summary>Passes on what is there.</summary>
    /// <param name="lane">The lane that the records came from.</param>
    public void Flush(int lane)
    {
        Batch.Lane = lane;
        _bytes = 0;
        if (Batch.Count > 0)
        {
            Next.OnBatch(Batch);
            Batch.Clear();
        }
    }

    // Records without references all have the same size: batches of them are bounded by their number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsHeavy(in T value) => !RecordSizes<T>.IsFixed && (_bytes += _sizes.Of(value)) >= capacityBytes;
}
