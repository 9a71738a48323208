namespace Weir.Runtime.State;

/// <summary>The entries of one key group.</summary>
/// <param name="KeyGroup">The group.</param>
/// <param name="Entries">What the operator wrote, as MessagePack.</param>
public readonly record struct KeyGroupState(int KeyGroup, ReadOnlyMemory<byte> Entries);
