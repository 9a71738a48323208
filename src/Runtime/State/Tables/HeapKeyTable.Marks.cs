using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <content>What is put aside for a snapshot, and which slots the next one has to look at.</content>
/// <remarks>
/// <para>At a barrier the clock goes on, and that is all. From then on no slot bears the epoch, so that each key that comes is looked for
/// once in <see cref="Find"/>, which puts its slot aside if the snapshot needs it, before it is changed. All others are put aside by
/// <see cref="Sweep"/>, a portion at a time. A slot that is moved within the table is put aside before, too: so a sweep that walks over the
/// slots misses none, whatever is moved meanwhile.</para>
/// <para>Of a large table a bit for each eight slots tells whether one of them has been touched since the barrier. Small ones are walked
/// as a whole.</para>
/// </remarks>
internal sealed partial class HeapKeyTable<TKey, TValue, TFunctor>
{
    private const int BlockBits = 3;
    private const int WordBits = BlockBits + 6;

    // Up to here a table is walked whole if anything in it has been touched.
    private const int WalkedWhole = 1 << WordBits;

    // Since the last barrier, and, until they are swept, between the two before.
    private ulong[]? _marks;
    private ulong[]? _unswept;

    // When the marks began; where the table stands among those that have some.
    private int _markedAt;
    private int _markedIndex;

    // The marks do not tell all, for the slots have become others.
    private bool _isMovedSince;

    // The epoch that it has been swept in, and how far it is, in the slots and in those that are left behind.
    private int _sweptAt;
    private int _sweptTo;
    private int _sweptLeft;

    /// <summary>Gets or sets the number that its state knows it by.</summary>
    public int Place { get; set; }

    /// <summary>Gets a value indicating whether there may be slots that are still to be put aside.</summary>
    public bool IsUnswept => _history is { IsPending: true } history && _sweptAt != history.Now && Count > 0;

    /// <inheritdoc/>
    public override void Keep(ref StateSlot<TKey, TValue> slot)
    {
        if (_history is { IsPending: true } && IsToBePutAside(slot.Epoch))
        {
            PutAside(ref slot);
        }
    }

    /// <summary>The table is used for a new namespace: nothing of it is in a snapshot that has begun.</summary>
    public void Begin() => Swept();

    /// <summary>Puts aside what has not been touched since the barrier.</summary>
    /// <param name="portion">About how many slots are visited; what was is taken away.</param>
    /// <returns>Whether nothing is left to do.</returns>
    public bool Sweep(ref int portion)
    {
        if (IsUnswept && !(SweepSlots(ref portion) && SweepLeft(ref portion)))
        {
            return false;
        }

        Swept();
        return true;
    }

    /// <summary>Takes up an entry of a snapshot. Entries come from the newest snapshot to the oldest, those of one in any order.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="mark">The mark of the snapshot.</param>
    /// <param name="isTwice">Whether the same snapshot had the key already.</param>
    /// <returns>The slot; a null reference if it is there already.</returns>
    public ref StateSlot<TKey, TValue> Restore(scoped in TKey key, ulong hash, int mark, out bool isTwice)
    {
        ref var slot = ref Probe(key, hash);
        if (IsUsed(slot.Epoch) || (_portions is { Left: not null } && TryFetch(key, hash)))
        {
            slot = ref Probe(key, hash);
            isTwice = slot.Epoch == mark + Offset;
            return ref Unsafe.NullRef<StateSlot<TKey, TValue>>();
        }

        isTwice = false;
        slot = ref Claim(key, hash);
        slot.Epoch = mark + Offset;
        return ref slot;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew(ref StateSlot<TKey, TValue> slot)
    {
        var history = _history!;
        if (history.IsPending && IsToBePutAside(slot.Epoch))
        {
            PutAside(ref slot);
        }

        slot.Epoch = Epoch;
        if (history.Tracks)
        {
            Note(ref slot);
        }
    }

    private void PutAside(ref StateSlot<TKey, TValue> slot)
    {
        _history!.PutAside(Place, slot);
        slot.Epoch = Epoch - 1;
    }

    // Of the keys that were there at the barrier, those that are in no snapshot before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsToBePutAside(int mark) => mark >= Base && mark < Epoch - 1 && mark - Offset > _history!.Since;

    private void Note(ref StateSlot<TKey, TValue> slot)
    {
        _history!.Changes++;
        Mark(ref slot);
    }

    private void Mark(ref StateSlot<TKey, TValue> slot)
    {
        if (_markedAt != _history!.Now)
        {
            BeginMarks();
        }

        if (Slots.Length > WalkedWhole)
        {
            var block = IndexOf(ref slot) >> BlockBits;
            (_marks ??= new ulong[Slots.Length >> WordBits])[block >> 6] |= 1UL << block;
        }
    }

    private void BeginMarks()
    {
        var now = _history!.Now;
        if (IsUnswept && _markedAt == now - EpochClock.Barrier)
        {
            (_unswept, _marks) = (_marks, null);
        }
        else
        {
            _marks.AsSpan().Clear();
        }

        _markedAt = now;
        _markedIndex = _history.AddMarked(this);
    }

    /// <summary>Another table of the same state has taken its turn.</summary>
    public void MoveMarked(int index) => _markedIndex = index;

    private void Relocate(ref StateSlot<TKey, TValue> from, ref StateSlot<TKey, TValue> to)
    {
        if (_history is { } history)
        {
            if (history.IsPending && IsToBePutAside(from.Epoch))
            {
                PutAside(ref from);
            }

            to = from;
            if (history.Tracks && to.Epoch == Epoch)
            {
                Mark(ref to);
            }
        }
        else
        {
            to = from;
        }
    }

    private bool SweepSlots(ref int portion)
    {
        var slots = Slots;
        var marks = MarksOfBarrier();
        while (_sweptTo < slots.Length)
        {
            if (portion <= 0)
            {
                return false;
            }

            var to = _sweptTo + (1 << BlockBits);
            if (marks is not null)
            {
                var word = _sweptTo >> WordBits;
                var left = word < marks.Length ? marks[word] >> (_sweptTo >> BlockBits) : 0;
                if (left == 0)
                {
                    portion--;
                    _sweptTo = marks.Length == 0 ? slots.Length : (word + 1) << WordBits;
                    continue;
                }

                _sweptTo += BitOperations.TrailingZeroCount(left) << BlockBits;
                to = _sweptTo + (1 << BlockBits);
            }

            if (!SweepRun(slots.AsSpan(_sweptTo, to - _sweptTo), ref portion))
            {
                return false;
            }

            _sweptTo = to;
        }

        return true;
    }

    // Null if they do not tell all: then every slot is looked at. No marks if none was touched.
    private ulong[]? MarksOfBarrier() =>
        !_history!.IsByMarks || _isMovedSince || Slots.Length <= WalkedWhole ? null
        : (_markedAt == _history.Now ? _unswept : _markedAt == _history.Now - EpochClock.Barrier ? _marks : null) ?? [];

    private bool SweepLeft(ref int portion)
    {
        if (_portions?.Left is not { } left)
        {
            return true;
        }

        for (_sweptLeft = Math.Max(_sweptLeft, _portions.Moved); _sweptLeft < left.Length;)
        {
            if (portion <= 0)
            {
                return false;
            }

            var to = Math.Min(left.Length, _sweptLeft + (1 << BlockBits));
            if (!SweepRun(left.AsSpan(_sweptLeft, to - _sweptLeft), ref portion))
            {
                return false;
            }

            _sweptLeft = to;
        }

        return true;
    }

    // It may end in the middle, for a single value may be much work. What has been put aside is passed over the next time.
    private bool SweepRun(Span<StateSlot<TKey, TValue>> slots, ref int portion)
    {
        foreach (ref var slot in slots)
        {
            if (IsToBePutAside(slot.Epoch))
            {
                if (portion <= 0)
                {
                    return false;
                }

                portion -= _history!.PutAside(Place, slot);
                slot.Epoch = Epoch - 1;
            }
        }

        portion -= slots.Length;
        return true;
    }

    private void Swept()
    {
        _sweptAt = _history?.Now ?? 0;
        (_sweptTo, _sweptLeft, _unswept, _isMovedSince) = (0, 0, null, false);
    }

    // The slots have become others. Those that are moved to them are marked anew.
    private void ForgetMarks()
    {
        (_marks, _unswept, _sweptTo, _sweptLeft) = (null, null, 0, 0);
        _isMovedSince = _history is not null;
    }

    private void DropMarks()
    {
        if (_history is { } history && _markedAt == history.Now)
        {
            history.RemoveMarked(_markedIndex);
        }

        (_markedAt, _unswept, _sweptTo, _sweptLeft) = (0, null, 0, 0);
    }

    private int IndexOf(ref StateSlot<TKey, TValue> slot) =>
        (int)(Unsafe.ByteOffset(ref Slots[0], ref slot) / Unsafe.SizeOf<StateSlot<TKey, TValue>>());
}
