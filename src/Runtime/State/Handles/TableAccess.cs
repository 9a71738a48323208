using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Handles;

/// <summary>A state handle's way to the slot of the current key. Within a turn the slot is looked for once.</summary>
internal sealed class TableAccess<TKey, T>(string name, KeyScope<TKey> scope, KeyTable<TKey, T> table) : StateAccess<T>
{
    private StateSlot<TKey, T>[] _slots = [];

    // Where the slot of the turn's key is; negative if there is none.
    private int _index = -1;
    private long _turn = -1;

    public override string Name => name;

    public override ref T Find()
    {
        scope.Check(name);
        if (_turn != scope.Turn)
        {
            Keep(ref table.FindExisting(scope.Key, scope.Hash));
        }

        if (_index < 0)
        {
            return ref Unsafe.NullRef<T>();
        }

        return ref _slots[_index].Value;
    }

    public override ref T Claim()
    {
        scope.Check(name);
        if (_turn != scope.Turn || _index < 0)
        {
            Keep(ref table.Find(scope.Key, scope.Hash));
        }

        return ref _slots[_index].Value;
    }

    public override bool Remove()
    {
        scope.Check(name);
        (_turn, _index) = (scope.Turn, -1);
        return table.Remove(scope.Key, scope.Hash);
    }

    private void Keep(ref StateSlot<TKey, T> slot)
    {
        _turn = scope.Turn;
        _slots = table.Slots;
        _index = Unsafe.IsNullRef(ref slot)
            ? -1
            : (int)(Unsafe.ByteOffset(ref _slots[0], ref slot) / Unsafe.SizeOf<StateSlot<TKey, T>>());
    }
}
