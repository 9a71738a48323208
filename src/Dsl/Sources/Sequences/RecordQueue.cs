using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Weir;

/// <summary>Records on their way from whoever makes them to the reader of a split: a bounded queue between threads.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="capacity">The most records that wait.</param>
internal sealed class RecordQueue<T>(int capacity)
{
    /// <summary>The most records that wait for a reader who did not say how many.</summary>
    public const int DefaultCapacity = 1024;

    // A monitor, not a Lock: who pushes may have to wait for room.
    private readonly object _gate = new();
    private readonly T[] _records = new T[capacity];
    private Action _wake = static () => { };
    private Exception? _failure;
    private long _dropped;
    private int _first;
    private int _count;
    private int _waiting;
    private bool _isAwaited;
    private bool _isEnded;

    /// <summary>Gets a value indicating whether one more record fits.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return _count < capacity;
            }
        }
    }

    /// <summary>Sets who wakes the reader; another one for each attempt.</summary>
    public void Attach(Action wake)
    {
        lock (_gate)
        {
            _wake = wake;
            _isAwaited = false;
        }
    }

    /// <summary>Adds a record. After the end it is ignored.</summary>
    public void Add(T record, OnOverflow policy)
    {
        Action? wake = null;
        lock (_gate)
        {
            while (_count == capacity && policy == OnOverflow.Block && !_isEnded)
            {
                _waiting++;
                Monitor.Wait(_gate);
                _waiting--;
            }

            if (_isEnded || (_count == capacity && !MakeRoom(policy)))
            {
                return;
            }

            _records[(_first + _count) % capacity] = record;
            _count++;
            wake = Awaited();
        }

        wake?.Invoke();
    }

    /// <summary>No record follows. Those that wait are still taken; then comes the failure, if there is one.</summary>
    public void End(Exception? failure = null)
    {
        Action? wake;
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
            _failure ??= failure;
            Monitor.PulseAll(_gate);
            wake = Awaited();
        }

        wake?.Invoke();
    }

    /// <summary>Takes what waits, as much as fits into the batch.</summary>
    /// <param name="batch">Empty.</param>
    /// <param name="dropped">How many records were dropped since the last call.</param>
    /// <returns>What to expect of the next call. Pending: the reader will be woken.</returns>
    public ReadStatus Take(Batch<T> batch, out long dropped)
    {
        lock (_gate)
        {
            (dropped, _dropped) = (_dropped, 0);
            var count = Math.Min(_count, batch.Capacity);
            for (var taken = 0; taken < count; taken++)
            {
                batch.Add(_records[_first]);
                _records[_first] = default!;
                _first = _first + 1 == capacity ? 0 : _first + 1;
            }

            _count -= count;
            if (count > 0)
            {
                if (_waiting > 0)
                {
                    Monitor.PulseAll(_gate);
                }

                return ReadStatus.Available;
            }

            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            _isAwaited = !_isEnded;
            return _isEnded ? ReadStatus.End : ReadStatus.Pending;
        }
    }

    private bool MakeRoom(OnOverflow policy)
    {
        if (policy == OnOverflow.Fail)
        {
            _failure = new SequenceException(string.Create(
                CultureInfo.InvariantCulture,
                $"{capacity} records wait already, and another came: records are pushed faster than the job takes them. Give From a "
                    + $"larger buffer, or another OnOverflow."));
            _isEnded = true;
            return false;
        }

        _dropped++;
        if (policy == OnOverflow.DropNewest)
        {
            return false;
        }

        _first = (_first + 1) % capacity;
        _count--;
        return true;
    }

    private Action? Awaited()
    {
        var isAwaited = _isAwaited;
        _isAwaited = false;
        return isAwaited ? _wake : null;
    }
}
