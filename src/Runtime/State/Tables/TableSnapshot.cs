using System.Buffers;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>A state table as it was at a barrier, to be encoded when there is time.</summary>
/// <remarks>
/// In a checkpoint each key group holds its entries one behind the other: namespace, key, value. At the barrier the slots in use are only
/// copied, one behind the other into one array, which is a few milliseconds for a million keys; hashing and encoding them takes many times
/// as long. Values that hold references would go on changing under a copy: those are encoded at the barrier. What is encoded is not held:
/// the copy is put in order of key groups, and handed on piece by piece.
/// </remarks>
internal sealed class TableSnapshot<TKey, TNamespace, TValue> : KeyedSnapshot
{
    private readonly EntryCodecs<TKey, TNamespace, TValue> _codecs;
    private readonly (TNamespace Name, int Count)[] _namespaces;
    private readonly int _count;
    private readonly EntryKept<TValue>? _isKept;
    private StateSlot<TKey, TValue>[] _slots;
    private KeyGroupRuns<StateSlot<TKey, TValue>>? _runs;


    /// <summary>Takes the keys of namespaces as they are now.</summary>
    public TableSnapshot((TNamespace Name, KeyTable<TKey, TValue> Keys)[] tables, EntryCodecs<TKey, TNamespace, TValue> codecs)
    {
        _codecs = codecs;
        _isKept = codecs.Kept?.Invoke();
        _namespaces = new (TNamespace, int)[tables.Length];
        _count = tables.Sum(table => table.Keys.Count);
        _slots = ArrayPool<StateSlot<TKey, TValue>>.Shared.Rent(_count + 1);
        var next = 0;
        for (var i = 0; i < tables.Length; i++)
        {
            var (name, keys) = tables[i];
            _namespaces[i] = (name, keys.Count);
            for (var chunk = 0; keys.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
            {
                next = Pack(slots, keys, _slots, next);
            }
        }

        Invariant.Holds(next == _count, $"a snapshot found {next} keys where {_count} were counted");
    }

    public override bool IsLasting => !RuntimeHelpers.IsReferenceOrContainsReferences<TValue>();

    public override void Arrange(int keyGroupCount)
    {
        var (name, left) = (-1, 0);
        _runs = new(_slots, _count, keyGroupCount, (slots, groups) =>
        {
            for (var i = 0; i < slots.Length; i++)
            {
                while (left == 0)
                {
                    left = _namespaces[++name].Count;
                }

                // What marked a slot as used says from now on which namespace it is of.
                left--;
                ref var slot = ref slots[i];
                slot.Epoch = name;
                groups[i] = KeyGroups.Of(_codecs.Keys.StableHash(slot.Key), keyGroupCount);
            }
        });
    }

    public override bool Encode(int keyGroup, KeyGroupPiece piece)
    {
        while (_runs!.TryNext(keyGroup, out var next))
        {
            foreach (ref readonly var slot in next)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var value = slot.Value;
                if (_isKept is not null && !_isKept(ref value))
                {
                    _runs.Take();
                    continue;
                }

                var writer = piece.Writer();
                _codecs.Namespaces.Write(ref writer, _namespaces[slot.Epoch].Name);
                _codecs.Keys.Write(ref writer, slot.Key);
                _codecs.Values.Write(ref writer, value);
                writer.Flush();
                _runs.Take();
            }
        }

        return true;
    }

    public override void Release()
    {
        ArrayPool<StateSlot<TKey, TValue>>.Shared.Return(_slots, RuntimeHelpers.IsReferenceOrContainsReferences<StateSlot<TKey, TValue>>());
        _slots = [];
        _runs = null;
    }

    // Copies every slot and counts those in use: no branch to guess wrong. The slot behind the last is room for one that does not count.
    private static int Pack(ReadOnlySpan<StateSlot<TKey, TValue>> slots, KeyTable<TKey, TValue> keys, StateSlot<TKey, TValue>[] packed, int next)
    {
        foreach (ref readonly var slot in slots)
        {
            packed[next] = slot;
            next += keys.IsUsed(slot.Epoch) ? 1 : 0;
        }

        return next;
    }
}
