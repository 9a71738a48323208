namespace Weir.Databases;

/// <summary>The rows of one transaction that have not been sent yet. Written by the subtask, taken by the work pool.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class OpenRows<T>(long number)
{
    private readonly Lock _lock = new();
    private List<T> _rows = [];
    private List<T> _spare = [];

    /// <summary>Gets what tells it from other transactions of the writer.</summary>
    public long Number => number;

    /// <summary>Gets or sets how many rows the server has taken. Only the work pool asks.</summary>
    public long Sent { get; set; }

    /// <summary>Gets how many wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>Adds rows.</summary>
    public void Add(ReadOnlySpan<T> rows)
    {
        lock (_lock)
        {
            _rows.AddRange(rows);
        }
    }

    /// <summary>All that wait, which stay where they are.</summary>
    public T[] Copy()
    {
        lock (_lock)
        {
            return [.. _rows];
        }
    }

    /// <summary>Takes all that wait. Given back by <see cref="Return"/>, the list is used again.</summary>
    public List<T> Take()
    {
        lock (_lock)
        {
            var taken = _rows;
            (_rows, _spare) = (_spare, []);
            return taken;
        }
    }

    /// <summary>Gives back a list whose rows have been sent.</summary>
    public void Return(List<T> rows)
    {
        rows.Clear();
        lock (_lock)
        {
            _spare = rows;
        }
    }
}
