using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.Operators.Windows;

/// <summary>The panes of one window: open addressing with linear probing, the home slot taken from the high bits of the hash.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
internal sealed class PaneTable<TKey, TAcc>
{
    private const int MinSlots = 1024;

    // Small tables stay sparse, for short probes; large ones half full, for fewer cache misses.
    private const int SparseLimit = 65_536;

    private int _limit;

    public PaneTable() => Allocate(MinSlots);

    public PaneSlot<TKey, TAcc>[] Slots { get; private set; }

    public TimeWindow Window { get; private set; }

    public int Count { get; private set; }

    public int Epoch { get; private set; } = 1;

    public int Shift { get; private set; }

    /// <summary>Empties the table for another window.</summary>
    public void Reset(TimeWindow window)
    {
        // Slots that hold references would keep what they point to alive until they are overwritten.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<PaneSlot<TKey, TAcc>>() || Epoch == int.MaxValue)
        {
            Array.Clear(Slots);
            Epoch = 0;
        }

        Epoch++;
        Count = 0;
        Window = window;
    }

    /// <summary>The slot of a key, claimed and empty if it is new.</summary>
    public ref PaneSlot<TKey, TAcc> Find<TOut, TFunctor>(scoped in TKey key, ulong hash, TFunctor functor)
        where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    {
        var slots = Slots;
        var mask = slots.Length - 1;
        for (var i = (int)(hash >> Shift); ; i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            if (slot.Epoch != Epoch)
            {
                if (Count + 1 > _limit)
                {
                    Grow<TOut, TFunctor>(functor);
                    slot = ref Free(hash);
                }

                Count++;
                slot.Key = key;
                slot.Epoch = Epoch;
                slot.Accumulator = functor.Create();
                return ref slot;
            }

            if (functor.AreEqual(slot.Key, key))
            {
                return ref slot;
            }
        }
    }

    private ref PaneSlot<TKey, TAcc> Free(ulong hash)
    {
        var slots = Slots;
        var i = (int)(hash >> Shift);
        while (slots[i].Epoch == Epoch)
        {
            i = (i + 1) & (slots.Length - 1);
        }

        return ref slots[i];
    }

    private void Grow<TOut, TFunctor>(TFunctor functor)
        where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    {
        var old = Slots;
        Allocate(checked(old.Length * 2));
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Epoch == Epoch)
            {
                Free(functor.Hash(slot.Key)) = slot;
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(Slots))]
    private void Allocate(int slots)
    {
        Slots = new PaneSlot<TKey, TAcc>[slots];
        Shift = 64 - BitOperations.Log2((uint)slots);
        _limit = slots > SparseLimit ? slots / 2 : slots / 4;
    }
}
