using System.Diagnostics.CodeAnalysis;

namespace Weir.Execution.Tests.Docs;

/// <summary>A list that only grows, until it is closed. Safe for any thread.</summary>
internal sealed class Journal<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _records = [];
    private volatile bool _isClosed;

    /// <summary>Raised after each change, by the thread that made it.</summary>
    public event Action? Changed;

    public bool IsClosed => _isClosed;

    public void Append(params ReadOnlySpan<T> records)
    {
        lock (_lock)
        {
            _records.AddRange(records);
        }

        Changed?.Invoke();
    }

    public void Close()
    {
        _isClosed = true;
        Changed?.Invoke();
    }

    public bool TryRead(long index, [MaybeNullWhen(false)] out T record)
    {
        lock (_lock)
        {
            var isThere = index < _records.Count;
            record = isThere ? _records[(int)index] : default;
            return isThere;
        }
    }
}
