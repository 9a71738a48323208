using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>Takes what an operator remembers, piece by piece.</summary>
/// <param name="id">The operator's id.</param>
public sealed class OperatorStateWriter(string id)
{
    private readonly ImmutableArray<KeyGroupState>.Builder _keyGroups = ImmutableArray.CreateBuilder<KeyGroupState>();
    private readonly ImmutableArray<ReadOnlyMemory<byte>>.Builder _items = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
    private readonly ImmutableArray<ReadOnlyMemory<byte>>.Builder _shared = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
    private Func<ImmutableArray<KeyGroupState>>? _later;

    /// <summary>Gets a value indicating whether there is work left that <see cref="ToState"/> does: call it where it holds no record up.</summary>
    public bool IsUnfinished => _later is not null;

    /// <summary>Adds the entries of a key group; groups come in ascending order, empty ones are left out.</summary>
    /// <param name="keyGroup">The group.</param>
    /// <param name="entries">MessagePack; not changed afterwards.</param>
    public void AddKeyGroup(int keyGroup, ReadOnlyMemory<byte> entries)
    {
        Invariant.Holds(
            _keyGroups.Count == 0 || _keyGroups[^1].KeyGroup < keyGroup,
            $"operator {id} wrote key group {keyGroup} out of order");
        _keyGroups.Add(new KeyGroupState(keyGroup, entries));
    }

    /// <summary>Leaves the encoding of all key groups for later: the operator has put aside what they were at the barrier.</summary>
    /// <param name="encode">Encodes them, in ascending order of groups; called once, by any thread, while the operator goes on.</param>
    public void AddKeyGroupsLater(Func<ImmutableArray<KeyGroupState>> encode)
    {
        Invariant.Holds(_later is null && _keyGroups.Count == 0, $"operator {id} wrote its key groups twice");
        _later = encode;
    }

    /// <summary>Adds an item that belongs to exactly one subtask.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="codec">Its codec.</param>
    /// <param name="item">The item.</param>
    public void AddItem<T>(Codec<T> codec, in T item) => _items.Add(codec.Encode(item));

    /// <summary>Adds an item that every subtask gets after a restore.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="codec">Its codec.</param>
    /// <param name="item">The item.</param>
    public void AddShared<T>(Codec<T> codec, in T item) => _shared.Add(codec.Encode(item));

    /// <summary>What was added; encodes what was left for later. Call it once.</summary>
    /// <returns>The state.</returns>
    public OperatorState ToState() => new(id, _later?.Invoke() ?? _keyGroups.ToImmutable(), _items.ToImmutable(), _shared.ToImmutable());
}
