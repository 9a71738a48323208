using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// The slices that the window firing now holds, and what they add up to by key, so that a window is not added up anew each time it slides.
/// </summary>
/// <remarks>
/// <para>Two stacks, shared by all keys (K. Tangwongsan, M. Hirzel, S. Schneider, "In-Order Sliding-Window Aggregation in Worst-Case
/// Constant Time", 2). Slices at the back are added to one sum a key as they enter. When the first of them leaves, those that remain go to
/// the front: from the last to the first they are added up, and each keeps, of its keys alone, what the sum was before it was added, which
/// is what it will be when the slice has left. So a slice costs a key three merges, however many slices a window has: one to enter, one to
/// go to the front, one with each fire. A slice takes memory for the keys that it has records of.</para>
/// <para>What comes late to a slice at the back joins the sum there. What comes late to one in front is kept apart until the slice leaves,
/// or goes to the front again.</para>
/// <para>Everything here is derived from the slices, and in no checkpoint. Work is done a portion at a time: iterators stop where the step
/// has done enough, and go on in the next.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">How accumulators merge.</typeparam>
/// <param name="slices">The state: accumulators by the start of their slice.</param>
/// <param name="functor">How accumulators merge.</param>
/// <param name="pace">How much may be done in a step.</param>
internal sealed partial class SliceRow<TKey, TAcc, TOut, TFunctor>(StateTable<TKey, long, TAcc> slices, TFunctor functor, Pace pace)
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly SlotAccount _account = new();
    private readonly List<RowSlice<TKey, TAcc>> _row = [];
    private HeapKeyTable<TKey, SliceSum<TAcc>, SumFunctor<TKey, TAcc, TOut, TFunctor>>? _sums;

    // How many slices have left the head of the list, and how many behind them are in front.
    private int _head;
    private int _front;

    // What it takes to go to the front, and what was spent since on what came late in front.
    private long _flipSlots;
    private long _lateSlots;
    private bool _isLateStale;

    /// <summary>Gets a value indicating whether sums are kept from one fire to the next: only if their order does not matter.</summary>
    public bool KeepsSums { get; } = functor.Order == MergeOrder.Any;

    /// <summary>Gets a value indicating whether there are no slices.</summary>
    public bool IsEmpty => _head == _row.Count;

    /// <summary>Gets the first slice.</summary>
    public TimeWindow First => _row[_head].Slice;

    /// <summary>Gets the sums by key.</summary>
    public KeyTable<TKey, SliceSum<TAcc>> Sums => SumsOfAll;

    private HeapKeyTable<TKey, SliceSum<TAcc>, SumFunctor<TKey, TAcc, TOut, TFunctor>> SumsOfAll =>
        _sums ??= new(new SumFunctor<TKey, TAcc, TOut, TFunctor>(functor), _account);

    /// <summary>Whether a slice lies where slices have entered already.</summary>
    public bool Covers(TimeWindow slice) => !IsEmpty && slice.StartTime <= _row[^1].Slice.StartTime;

    /// <summary>How many of the first slices are as asked.</summary>
    public int CountWhile(Func<TimeWindow, bool> isGone)
    {
        var count = 0;
        while (_head + count < _row.Count && isGone(_row[_head + count].Slice))
        {
            count++;
        }

        return count;
    }

    /// <summary>The first slices.</summary>
    public IEnumerable<TimeWindow> Take(int count) => _row.Skip(_head).Take(count).Select(static one => one.Slice);

    /// <summary>Takes in the next slice.</summary>
    public IEnumerable<bool> Enter(TimeWindow slice)
    {
        _row.Add(new RowSlice<TKey, TAcc>(slice));
        if (!KeepsSums)
        {
            yield break;
        }

        var table = slices.Open(slice.StartTime);
        _flipSlots += table.Count;
        foreach (var stop in Reserve(table.Count))
        {
            yield return stop;
        }

        for (var (chunk, i) = (0, 0); table.Chunk(chunk).Length is > 0 and var length; i = i < length ? i : Next(ref chunk))
        {
            var from = i;
            i = AddToBack(table, chunk, from);
            if (pace.IsOver(i - from))
            {
                yield return true;
            }
        }
    }

    /// <summary>Makes the sums ready for a fire.</summary>
    public IEnumerable<bool> Prepare()
    {
        if (!KeepsSums)
        {
            for (var k = _head; k < _row.Count; k++)
            {
                var table = slices.Open(_row[k].Slice.StartTime);
                foreach (var stop in Reserve(table.Count))
                {
                    yield return stop;
                }

                for (var (chunk, i) = (0, 0); table.Chunk(chunk).Length is > 0 and var length; i = i < length ? i : Next(ref chunk))
                {
                    var from = i;
                    i = AddToBack(table, chunk, from);
                    if (pace.IsOver(i - from))
                    {
                        yield return true;
                    }
                }
            }
        }
        else if (_isLateStale)
        {
            if (_lateSlots > _flipSlots)
            {
                foreach (var stop in Flip())
                {
                    yield return stop;
                }
            }
            else
            {
                AddUpLate();
            }
        }
    }

    /// <summary>Lets slices go of which no window will fire any more: the first ones, and their state.</summary>
    public IEnumerable<bool> Leave(int count)
    {
        var staysInFront = KeepsSums && count <= _front && count < _row.Count - _head;
        for (; count > 0; count--)
        {
            var first = _row[_head];
            if (staysInFront)
            {
                for (var i = 0; i < first.After.Length;)
                {
                    var from = i;
                    i = Uncover(first, from);
                    if (pace.IsOver(i - from))
                    {
                        yield return true;
                    }
                }
            }

            foreach (var stop in EmptyFirst())
            {
                yield return stop;
            }

            _isLateStale |= first.Late is not null;
            Drop();
        }

        if (IsEmpty)
        {
            _row.Clear();
            (_head, _front, _flipSlots, _lateSlots, _isLateStale) = (0, 0, 0, 0, false);
            foreach (var stop in EmptySums())
            {
                yield return stop;
            }
        }
        else if (KeepsSums && !staysInFront)
        {
            foreach (var stop in Flip())
            {
                yield return stop;
            }
        }
    }

    /// <summary>The accumulator of a key's result: one that may be changed and kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TAcc Whole(ref SliceSum<TAcc> sum)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>())
        {
            return WholeOf(ref sum);
        }

        var whole = sum.HasFront ? sum.Front : sum.HasLate ? sum.Late : sum.Back;
        if (sum.HasFront && sum.HasLate)
        {
            functor.Merge(ref whole, sum.Late);
        }

        if (sum.HasBack && (sum.HasFront || sum.HasLate))
        {
            functor.Merge(ref whole, sum.Back);
        }

        return whole;
    }

    /// <summary>The fire is over.</summary>
    public IEnumerable<bool> Fired() => KeepsSums ? [] : EmptySums();

    private static int Next(ref int chunk)
    {
        chunk++;
        return 0;
    }

    private TAcc WholeOf(ref SliceSum<TAcc> sum)
    {
        var whole = functor.Create();
        if (sum.HasFront)
        {
            functor.Merge(ref whole, sum.Front);
        }

        if (sum.HasLate)
        {
            functor.Merge(ref whole, sum.Late);
        }

        if (sum.HasBack)
        {
            functor.Merge(ref whole, sum.Back);
        }

        return whole;
    }

    // Takes the slices that remain to the front.
    private IEnumerable<bool> Flip()
    {
        foreach (var stop in EmptySums())
        {
            yield return stop;
        }

        (_front, _flipSlots, _lateSlots, _isLateStale) = (_row.Count - _head, 0, 0, false);
        for (var k = _row.Count - 1; k >= _head; k--)
        {
            var slice = _row[k];
            var table = slices.Open(slice.Slice.StartTime);
            slice.Late = null;
            slice.Reserve(table.Count);
            foreach (var stop in Reserve(table.Count))
            {
                yield return stop;
            }

            _flipSlots += table.Count;
            for (var (chunk, i) = (0, 0); table.Chunk(chunk).Length is > 0 and var length; i = i < length ? i : Next(ref chunk))
            {
                var from = i;
                i = Cover(slice, table, chunk, from);
                if (pace.IsOver(i - from))
                {
                    yield return true;
                }
            }
        }
    }

    private int AddToBack(KeyTable<TKey, TAcc> table, int chunk, int from)
    {
        var slots = table.Chunk(chunk);
        var to = Math.Min(slots.Length, from + Pace.Portion);
        var sums = SumsOfAll;
        foreach (ref var slot in slots[from..to])
        {
            if (table.IsUsed(slot.Epoch))
            {
                ref var sum = ref sums.Find(slot.Key, functor.Hash(slot.Key)).Value;
                Add(ref sum.Back, ref sum.HasBack, slot.Value);
            }
        }

        return to;
    }

    private int Cover(RowSlice<TKey, TAcc> slice, KeyTable<TKey, TAcc> table, int chunk, int from)
    {
        var slots = table.Chunk(chunk);
        var to = Math.Min(slots.Length, from + Pace.Portion);
        var sums = SumsOfAll;
        foreach (ref var slot in slots[from..to])
        {
            if (!table.IsUsed(slot.Epoch))
            {
                continue;
            }

            ref var sum = ref sums.Find(slot.Key, functor.Hash(slot.Key)).Value;
            slice.Add(slot.Key, sum.Front, sum.HasFront);

            // A sum that holds references is kept behind by the slice: it must not be changed.
            var (front, hasFront) = (default(TAcc)!, false);
            Add(ref front, ref hasFront, slot.Value);
            if (sum.HasFront)
            {
                functor.Merge(ref front, sum.Front);
            }

            (sum.Front, sum.HasFront) = (front, true);
        }

        return to;
    }

    private int Uncover(RowSlice<TKey, TAcc> slice, int from)
    {
        var to = Math.Min(slice.After.Length, from + Pace.Portion);
        var sums = SumsOfAll;
        foreach (ref var after in slice.After[from..to])
        {
            var hash = functor.Hash(after.Key);
            ref var sum = ref sums.FindExisting(after.Key, hash).Value;
            (sum.Front, sum.HasFront) = (after.Front, after.HasFront);
            if (sum.IsEmpty)
            {
                sums.Remove(after.Key, hash);
            }
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref TAcc sum, ref bool has, in TAcc addend)
    {
        if (has)
        {
            functor.Merge(ref sum, addend);
            return;
        }

        has = true;
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>())
        {
            sum = addend;
            return;
        }

        // A sum may share nothing with a slice: the slice goes on being added to.
        sum = functor.Create();
        functor.Merge(ref sum, addend);
    }

    private void Drop()
    {
        var first = _row[_head];
        first.Release();
        slices.Remove(first.Slice.StartTime);
        _row[_head] = null!;
        _head++;
        _front = Math.Max(0, _front - 1);
        if (_head > 16 && _head > _row.Count / 2)
        {
            _row.RemoveRange(0, _head);
            _head = 0;
        }
    }
}
