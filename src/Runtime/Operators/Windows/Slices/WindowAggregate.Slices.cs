using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <content>Which table the records of a time go to.</content>
public sealed partial class WindowAggregate<TKey, TAcc, TOut, TFunctor>
{
    private void Move(long time)
    {
        if (time < _lateBefore && time != long.MinValue)
        {
            _current = null;
            return;
        }

        ref readonly var recent = ref _recent.Look(time);
        if (recent.Covers(time) && !(_row is not null && IsHeld)
            && _recent.TableOf(time) is var (table, lastTime) && lastTime > _watermark.Time)
        {
            (_current, _start, _size, _lastTime) = (table, recent.Start, recent.Size, lastTime);
        }
        else
        {
            MoveAnew(time);
        }
    }

    private void MoveAnew(long time)
    {
        if (time == long.MinValue)
        {
            throw new NoEventTimeException(Id, _windows);
        }

        var slice = _windows.SliceOf(time);
        if (!_windows.TryLast(slice, out var last))
        {
            MoveNowhere(slice, time);
            return;
        }

        if (last.MaxTime <= _watermark.Time)
        {
            // No earlier slice is in a window that ends later.
            _lateBefore = Math.Max(_lateBefore, slice.EndTime);
            _current = null;
            return;
        }

        (_current, _start, _size) = (TableOf(slice), slice.StartTime, (ulong)(slice.EndTime - slice.StartTime));
        _lastTime = last.MaxTime;
        Hold();
    }

    private void Hold()
    {
        if (_row is null || !IsHeld)
        {
            _recent.Hold(new(_start, _size, _current!), new(_current!, _lastTime), _open.Count);
        }
    }

    private KeyTable<TKey, TAcc> TableOf(TimeWindow slice)
    {
        if (_row is not null && IsHeld)
        {
            // What comes between two watermarks that wait counts in windows of the second only.
            if (_heldLate is null)
            {
                _heldLate = NewLateSlices();
                _input.Wait(_heldLate);
            }

            return _heldLate.Open(slice);
        }

        if (_row is { KeepsSums: true } && _row.Covers(slice))
        {
            return _lateSlices!.Open(slice);
        }

        if (!_panes.TryFind(slice.StartTime, out var table))
        {
            table = _panes.Open(slice.StartTime);
            Open(slice, table);
        }

        return table;
    }

    // Records between windows: they are late when the watermark has passed them, and are nobody's otherwise.
    private void MoveNowhere(TimeWindow slice, long time)
    {
        var from = Math.Max(slice.StartTime, _watermark.Time == long.MaxValue ? long.MaxValue : _watermark.Time + 1);
        (_current, _start, _size) = time < from ? (null, 0, 0) : (_nowhere.Table, from, (ulong)(slice.EndTime - from));
    }

    // A slice has its first record.
    private void Open(TimeWindow slice, KeyTable<TKey, TAcc> table)
    {
        if (_row is not null && _row.Covers(slice))
        {
            _row.AddLate(slice, table);
        }
        else
        {
            _open.Enqueue(slice, slice.StartTime);
        }
    }

    private LateSlices<TKey, TAcc> NewLateSlices() => new(new HeapBackend().Open(_codecs, _functor, Seed));

    // What came late joins its slices: between two fires, and after a restore.
    private void Join(LateSlices<TKey, TAcc>? lateSlices) => lateSlices?.Drain((slice, late) =>
    {
        Forget(slice);
        var isNew = !_panes.TryFind(slice.StartTime, out var table);
        table ??= _panes.Open(slice.StartTime);
        table.Reserve(late.Count);
        for (var chunk = 0; late.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
        {
            foreach (ref var slot in slots)
            {
                if (late.IsUsed(slot.Epoch))
                {
                    _functor.Merge(ref table.Find(slot.Key, _functor.Hash(slot.Key)).Value, slot.Value);
                }
            }
        }

        if (_row!.Covers(slice))
        {
            _row.AddLate(slice, late);
        }
        else if (isNew)
        {
            _open.Enqueue(slice, slice.StartTime);
        }
    });

    private void Forget(TimeWindow slice)
    {
        _recent.Forget(slice, _open.Count);
        if (_current is not null && _start == slice.StartTime)
        {
            _current = null;
        }
    }
}
