namespace Weir.Runtime.State;

/// <summary>Entries of one key group: all of them, or a piece. Pieces of a group may be read in any order.</summary>
public readonly struct KeyGroupState
{
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly StoredState? _stored;
    private readonly long _offset;
    private readonly int _length;

    /// <summary>Entries that are in memory.</summary>
    /// <param name="keyGroup">The group.</param>
    /// <param name="entries">What the operator wrote, as MessagePack.</param>
    public KeyGroupState(int keyGroup, ReadOnlyMemory<byte> entries)
    {
        KeyGroup = keyGroup;
        _entries = entries;
        _length = entries.Length;
    }

    internal KeyGroupState(int keyGroup, StoredState stored, long offset, int length)
    {
        KeyGroup = keyGroup;
        _stored = stored;
        _offset = offset;
        _length = length;
    }

    /// <summary>
    /// Gets which of the snapshots that build on one another the entries are of, 0 for the oldest: what newer ones say of a key counts.
    /// </summary>
    internal int Run { get; init; }

    /// <summary>Gets where they lie; null if they are in memory.</summary>
    internal StoredState? Stored => _stored;

    /// <summary>Gets the number of bytes.</summary>
    internal int Length => _length;

    /// <summary>Gets the group.</summary>
    public int KeyGroup { get; }

    /// <summary>
    /// Gets what the operator wrote, as MessagePack. At a restore each call reads it from the store: call it once, and let go of it before
    /// the next group's, so that no more than one piece is in memory.
    /// </summary>
    public ReadOnlyMemory<byte> Entries => _stored is null ? _entries : _stored.Read(_offset, _length);

    /// <summary>Where they lie, for another snapshot.</summary>
    /// <param name="handle">The position of their handle in it.</param>
    internal KeyGroupSlice SliceOf(int handle) => new(KeyGroup, handle, _offset, _length);
}
