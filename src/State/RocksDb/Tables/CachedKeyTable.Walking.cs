using Weir.RocksDbState.Stores;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <content>How all keys are visited: first those that are here, then those of the store that are not.</content>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor>
{
    private readonly Walk _walk = new();

    /// <summary>Gets a value indicating whether a walk may be under way.</summary>
    public bool IsWalked => _walk.IsOn;

    public override Span<StateSlot<TKey, TValue>> Chunk(int index)
    {
        if (index == 0)
        {
            _walk.IsOn = true;
            return Slots;
        }

        if (IsComplete)
        {
            return [];
        }

        if (index != _walk.Index)
        {
            Advance(index);
        }

        return _walk.Slots.AsSpan(0, _walk.Count);
    }

    /// <summary>No walk is under way any more.</summary>
    public void EndWalk() => _walk.End();

    private void Advance(int index)
    {
        if (index != _walk.Index + 1 || _walk.Entries is null)
        {
            _walk.Entries?.Dispose();
            _walk.Entries = _state.WalkStored(_prefix);
        }

        _walk.Index = index;
        _walk.Count = 0;
        while (_walk.Count < _walk.Slots.Length && _walk.Entries.MoveNext())
        {
            if (_state.IsRemoved(_walk.Entries.Key))
            {
                continue;
            }

            _walk.Bytes.Set(_walk.Entries.Key);
            var key = _state.Form.Key(_walk.Bytes.Memory, _prefix.Length);
            if (Holds(key))
            {
                continue;
            }

            _walk.Bytes.Set(_walk.Entries.Value);
            _walk.Slots[_walk.Count++] = new() { Key = key, Value = _state.Form.Value(_walk.Bytes.Memory), Epoch = Tags.Clean };
        }
    }

    private sealed class Walk
    {
        private const int EntriesAChunk = 256;

        private StateSlot<TKey, TValue>[]? _slots;

        public bool IsOn { get; set; }

        public int Index { get; set; } = -1;

        public int Count { get; set; }

        public IEntryWalk? Entries { get; set; }

        public StoredBytes Bytes { get; } = new();

        public StateSlot<TKey, TValue>[] Slots => _slots ??= new StateSlot<TKey, TValue>[EntriesAChunk];

        public void End()
        {
            if (IsOn || Index >= 0)
            {
                Entries?.Dispose();
                (IsOn, Index, Count, Entries, _slots) = (false, -1, 0, null, null);
            }
        }
    }
}
