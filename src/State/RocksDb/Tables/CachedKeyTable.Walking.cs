using Weir.RocksDbState.Stores;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <content>How all keys are visited: first those that are here, then those of the store that are not.</content>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor>
{
    private readonly Walk _walk = new();

    /// <summary>Gets a value indicating whether a walk may be under way.</summary>
    public bool IsWalked => _walk.IsOn;

    /// <remarks>
    /// A chunk behind the first is a run of entries of the store, of which those that are in the cache, or gone, are free slots. So the
    /// work of a chunk is bounded, and a walk that a look-up has ended goes on behind the last entry that it came to.
    /// </remarks>
    public override Span<StateSlot<TKey, TValue>> Chunk(int index)
    {
        if (index == 0)
        {
            _walk.Forget();
            _walk.IsOn = true;
            return Slots;
        }

        if (IsComplete)
        {
            return [];
        }

        if (index != _walk.Index || !_walk.IsOn)
        {
            _walk.IsOn = true;
            Advance(index);
        }

        return _walk.Slots.AsSpan(0, _walk.Count);
    }

    /// <summary>No walk is under way any more. One that goes on all the same finds its place.</summary>
    public void EndWalk() => _walk.End();

    private void Advance(int index)
    {
        _walk.Clear();
        var isOn = index == _walk.Index + 1 && _walk.Entries is not null ? _walk.Entries.MoveNext() : Enter(index);
        _walk.Index = index;
        _walk.First.Set([]);
        for (; isOn; isOn = _walk.Entries!.MoveNext())
        {
            Visit(_walk.Entries!);
            if (_walk.Count == _walk.Slots.Length)
            {
                return;
            }
        }
    }

    // Opens the entries of the store where a chunk begins: where it began, if it is the one that the walk came to; behind the one before,
    // if it is the next; and at the beginning, if that is not known.
    private bool Enter(int index)
    {
        _walk.Entries?.Dispose();
        var entries = _walk.Entries = _state.WalkStored(_prefix);
        var isNext = index == _walk.Index + 1;
        var from = isNext ? _walk.Last : _walk.First;
        if (index is 0 or 1 || (!isNext && index != _walk.Index) || from.Memory.IsEmpty)
        {
            return entries.MoveNext();
        }

        var isOn = entries.Seek(from.Memory.Span);
        return isOn && isNext && entries.Key.SequenceEqual(from.Memory.Span) ? entries.MoveNext() : isOn;
    }

    private void Visit(IEntryWalk entries)
    {
        ref var slot = ref _walk.Slots[_walk.Count++];
        _walk.Last.Set(entries.Key);
        if (_walk.First.Memory.IsEmpty)
        {
            _walk.First.Set(entries.Key);
        }

        if (_state.IsRemoved(entries.Key))
        {
            return;
        }

        var key = _state.Form.Key(_walk.Last.Memory, _prefix.Length);
        if (!Holds(key))
        {
            _walk.Bytes.Set(entries.Value);
            slot = new() { Key = key, Value = _state.Form.Value(_walk.Bytes.Memory), Epoch = Tags.Clean };
        }
    }

    private sealed class Walk
    {
        private const int EntriesAChunk = 256;

        private StateSlot<TKey, TValue>[]? _slots;

        public bool IsOn { get; set; }

        public int Index { get; set; }

        public int Count { get; set; }

        public IEntryWalk? Entries { get; set; }

        public StoredBytes Bytes { get; } = new();

        // The keys of the first and the last entry of the chunk.
        public StoredBytes First { get; } = new();

        public StoredBytes Last { get; } = new();

        public StateSlot<TKey, TValue>[] Slots => _slots ??= new StateSlot<TKey, TValue>[EntriesAChunk];

        public void Clear()
        {
            _slots.AsSpan(0, Count).Clear();
            Count = 0;
        }

        public void End()
        {
            if (IsOn)
            {
                Entries?.Dispose();
                Clear();
                (IsOn, Entries) = (false, null);
            }
        }

        public void Forget()
        {
            End();
            Index = 0;
            First.Set([]);
            Last.Set([]);
        }
    }
}
