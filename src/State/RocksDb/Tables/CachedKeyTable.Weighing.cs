using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <content>How what entries point to is weighed.</content>
/// <remarks>
/// Each slot's weight is kept, so that what goes is taken off as it was added. A value grows in its slot and tells nobody: what has changed
/// is weighed when it is written or put aside, soon after it has come, and in turn.
/// </remarks>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor>
{
    // Of each slot; empty if entries point to nothing.
    private int[] _weights = [];

    // The sum of them.
    private long _heapBytes;

    // The next slot to be weighed in turn.
    private int _weighed;

    private static bool HasWeight => RuntimeHelpers.IsReferenceOrContainsReferences<TKey>() || MayGrow;

    /// <summary>Gets a value indicating whether a value may become heavier where it stands.</summary>
    public static bool MayGrow => RuntimeHelpers.IsReferenceOrContainsReferences<TValue>();

    private static long BytesASlot => Unsafe.SizeOf<StateSlot<TKey, TValue>>() + (HasWeight ? sizeof(int) : 0);

    /// <summary>Weighs what has changed, in turn. Only where values <see cref="MayGrow"/>.</summary>
    /// <param name="portion">How many slots are looked at.</param>
    /// <returns>How many were; fewer if the turn is over.</returns>
    public int WeighInTurn(int portion)
    {
        var slots = Slots;
        var looked = 0;
        for (; _weighed < slots.Length && looked < portion; looked++, _weighed++)
        {
            if (Tags.IsDirty(slots[_weighed].Epoch))
            {
                Weigh(_weighed);
            }
        }

        if (_weighed >= slots.Length)
        {
            _weighed = 0;
        }

        return looked;
    }

    /// <summary>Weighs what stands in a slot, if the table still has such a slot.</summary>
    public void Weigh(int place)
    {
        if ((uint)place < (uint)Slots.Length)
        {
            ref var slot = ref Slots[place];
            SetWeight(place, slot.Epoch == Tags.Free ? 0 : _state.Form.HeapBytes(slot.Key, slot.Value));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetWeight(int place, long weight)
    {
        if (HasWeight)
        {
            var more = Math.Min(weight, int.MaxValue) - _weights[place];
            _weights[place] += (int)more;
            _heapBytes += more;
            _state.Account.HeapBytes += more;
        }
    }

    // The place that it leaves is filled or freed next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveWeight(int from, int to)
    {
        if (HasWeight)
        {
            (_weights[to], _weights[from]) = (_weights[from], 0);
        }
    }
}
