using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <content>How windows fire.</content>
public sealed partial class WindowAggregate<TKey, TAcc, TOut, TFunctor>
{
    // Fires what is due, the first window first, then passes the watermark on; keeps its place if there is no room.
    private void Pass(Watermark watermark)
    {
        if (TryNextWindow(out var window) && window.MaxTime <= watermark.Time)
        {
            // Not at each watermark: what is late comes a few records at a time, and joins many at once.
            Join(_lateSlices);
            _firing = Fire(watermark).GetEnumerator();
            GoOn();
        }
        else
        {
            Passed(watermark);
        }
    }

    private void GoOn()
    {
        _pace.Begin();
        if (_firing!.MoveNext())
        {
            // Who makes records before this operator is to wait, too.
            _subtask.Flow.Close();
        }
        else
        {
            _firing = null;
        }
    }

    private void Passed(Watermark watermark)
    {
        _passed = watermark.Time;
        _output.Flush(lane: 0);
        _output.Next.OnWatermark(watermark);
    }

    private bool TryNextWindow(out TimeWindow window)
    {
        TimeWindow slice;
        if (_row is { IsEmpty: false })
        {
            slice = _row.First;
        }
        else if (!_open.TryPeek(out slice, out _))
        {
            window = default;
            return false;
        }

        return NextOf(slice, out window);
    }

    // The first window that holds a slice and has not fired, nor been passed while nothing was in it.
    private bool NextOf(TimeWindow slice, out TimeWindow window)
    {
        if (_last is { } last && last.StartTime <= slice.StartTime && slice.EndTime <= last.EndTime)
        {
            var hasNext = _windows.TryNext(slice, last, out window);
            if (!hasNext || window.MaxTime > _passed)
            {
                return hasNext;
            }
        }

        return _windows.TryFirst(slice, _passed, out window);
    }

    // Stops wherever it is while there is no room, or when the step has done enough.
    private IEnumerable<bool> Fire(Watermark watermark)
    {
        while (TryNextWindow(out var window) && window.MaxTime <= watermark.Time)
        {
            if (IsAlone(window))
            {
                var slice = _open.Peek();
                var panes = _panes.Open(slice.StartTime);
                for (var (chunk, i) = (0, 0); panes.Chunk(chunk).Length is > 0 and var length; (chunk, i) = (chunk + 1, 0))
                {
                    while ((i = Emit(window, panes, chunk, i)) < length)
                    {
                        yield return true;
                    }
                }

                while (!panes.TryEmpty(Pace.SlotsAStep))
                {
                    yield return true;
                }

                _open.Dequeue();
                Forget(slice);
                _panes.Remove(slice.StartTime);
                _last = window;
                if (_pace.IsOverByWindow())
                {
                    yield return true;
                }

                continue;
            }

            foreach (var stop in FireRow(window))
            {
                yield return stop;
            }

            if (_pace.IsOverByWindow())
            {
                yield return true;
            }
        }

        Passed(watermark);
    }

    // Whether the window has one slice only, and is the last of that.
    private bool IsAlone(TimeWindow window)
    {
        if (_row is null)
        {
            return true;
        }

        return _row.IsEmpty && _windows.TryLast(_open.Peek(), out var last) && last == window && !HasTwoOpen(window);
    }

    private bool HasTwoOpen(TimeWindow window)
    {
        var first = _open.Dequeue();
        var hasTwo = _open.TryPeek(out var second, out _) && second.EndTime <= window.EndTime;
        _open.Enqueue(first, first.StartTime);
        return hasTwo;
    }

    private IEnumerable<bool> FireRow(TimeWindow window)
    {
        while (_open.TryPeek(out var slice, out _) && slice.EndTime <= window.EndTime)
        {
            _open.Dequeue();
            Forget(slice);
            foreach (var stop in _row!.Enter(slice))
            {
                yield return stop;
            }
        }

        foreach (var stop in _row!.Prepare())
        {
            yield return stop;
        }

        for (var (chunk, i) = (0, 0); _row.Sums.Chunk(chunk).Length is > 0 and var length; (chunk, i) = (chunk + 1, 0))
        {
            while ((i = EmitSums(window, chunk, i)) < length)
            {
                yield return true;
            }
        }

        foreach (var stop in _row.Fired())
        {
            yield return stop;
        }

        _last = window;
        var gone = _row.CountWhile(slice => !NextOf(slice, out _));
        foreach (var slice in _row.Take(gone))
        {
            Forget(slice);
        }

        foreach (var stop in _row.Leave(gone))
        {
            yield return stop;
        }
    }

    // Emits from a place on, and returns where it stopped: where there was no room, or behind the last.
    private int Emit(TimeWindow window, KeyTable<TKey, TAcc> panes, int chunk, int from)
    {
        var slots = panes.Chunk(chunk);
        var to = Math.Min(slots.Length, from + Pace.SlotsAStep);
        for (var i = from; i < to; i++)
        {
            ref var slot = ref slots[i];
            if (!panes.IsUsed(slot.Epoch))
            {
                continue;
            }

            if (!_subtask.Flow.MayMake())
            {
                return i;
            }

            if (!HasFired(slot.Key, window))
            {
                panes.Keep(ref slot);
                _output.Add(_functor.Result(slot.Key, window, ref slot.Value), window.MaxTime);
            }
            else if (_row is null)
            {
                OnLate();
            }
        }

        return to;
    }

    private int EmitSums(TimeWindow window, int chunk, int from)
    {
        var sums = _row!.Sums;
        var slots = sums.Chunk(chunk);
        var to = Math.Min(slots.Length, from + Pace.SlotsAStep);
        for (var i = from; i < to; i++)
        {
            ref var slot = ref slots[i];
            if (!sums.IsUsed(slot.Epoch))
            {
                continue;
            }

            if (!_subtask.Flow.MayMake())
            {
                return i;
            }

            if (!HasFired(slot.Key, window))
            {
                var whole = _row.Whole(ref slot.Value);
                _output.Add(_functor.Result(slot.Key, window, ref whole), window.MaxTime);
            }
        }

        return to;
    }

    // A window that fired for the subtask that had the key before does not fire again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasFired(in TKey key, TimeWindow window) => window.MaxTime <= _marks.Greatest && HasFiredFor(key, window);

    private bool HasFiredFor(TKey key, TimeWindow window) => _marks.HasPassed(_codecs.Keys.StableHash(key), window.MaxTime);
}
