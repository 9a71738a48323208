namespace Weir;

/// <summary>Values and their event times side by side: what flows between operators.</summary>
/// <remarks>
/// <para>A batch either owns its arrays and is filled with <see cref="Add(T)"/>, or lends a part of somebody else's array
/// (<see cref="Lend"/>), so that a source which already holds an array pays for no copy. Readers never write into it.</para>
/// <para>Single-threaded: one owner at a time; the runtime hands a batch over whole.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public sealed class Batch<T>
{
    /// <summary>How many records a batch holds unless told otherwise.</summary>
    public const int DefaultCapacity = 1024;

    private readonly T[] _own;
    private long[]? _times;
    private T[] _values;
    private int _offset;

    /// <summary>Makes an empty batch that owns room for <paramref name="capacity"/> records.</summary>
    /// <param name="capacity">The most records it holds; at least 1.</param>
    public Batch(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _own = new T[capacity];
        _values = _own;
    }

    /// <summary>Gets the most records that this batch holds.</summary>
    public int Capacity { get; }

    /// <summary>Gets the number of records in it.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a value indicating whether no further record fits.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>Gets a value indicating whether the records carry event times.</summary>
    public bool IsTimed { get; private set; }

    /// <summary>
    /// Gets or sets the input of this subtask that the records came from: a split of a source, a channel of a gate. Watermarks are made a
    /// lane at a time.
    /// </summary>
    public int Lane { get; set; }

    /// <summary>Gets the records.</summary>
    public ReadOnlySpan<T> Values => new(_values, _offset, Count);

    /// <summary>Gets the event times in microseconds since the Unix epoch, in the order of the records; empty if they have none.</summary>
    public ReadOnlySpan<long> Times => IsTimed ? new(_times, 0, Count) : [];

    /// <summary>Appends a record without an event time. The batch must not be full.</summary>
    /// <param name="value">The record.</param>
    public void Add(T value) => _own[Count++] = value;

    /// <summary>Appends a record with its event time. The batch must not be full, nor hold records without times.</summary>
    /// <param name="value">The record.</param>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    public void Add(T value, long time)
    {
        IsTimed = true;
        (_times ??= new long[Capacity])[Count] = time;
        _own[Count++] = value;
    }

    /// <summary>Makes the batch show a part of <paramref name="values"/>, which must not change until the batch is cleared.</summary>
    /// <param name="values">The array to read from.</param>
    /// <param name="offset">Its first record.</param>
    /// <param name="count">The number of records; at most <see cref="Capacity"/>.</param>
    public void Lend(T[] values, int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        _values = values;
        _offset = offset;
        Count = count;
        IsTimed = false;
    }

    /// <summary>
    /// For kernels that write many records without a call for each: the arrays to write into, from index 0.
    /// <see cref="Commit"/> says afterwards how many there are.
    /// </summary>
    /// <param name="times">Where the event times go; empty when <paramref name="timed"/> is false.</param>
    /// <param name="timed">Whether the records will carry event times.</param>
    /// <returns>Room for <see cref="Capacity"/> records.</returns>
    public Span<T> Open(out Span<long> times, bool timed)
    {
        IsTimed = timed;
        times = timed ? (_times ??= new long[Capacity]) : [];
        return _own;
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    /// <param name="count">The number of records written.</param>
    public void Commit(int count) => Count = count;

    /// <summary>Empties the batch for its next use and lets go of what it held.</summary>
    public void Clear()
    {
        if (System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(_own, 0, ReferenceEquals(_values, _own) ? Count : 0);
        }

        _values = _own;
        _offset = 0;
        Count = 0;
        IsTimed = false;
    }
}
