namespace Weir.Runtime.State;

/// <summary>Where entries of a key group lie. A group may have several slices.</summary>
/// <param name="KeyGroup">The group.</param>
/// <param name="Handle">The position of the handle in <see cref="OperatorSnapshot.Handles"/>.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">The number of bytes.</param>
public readonly record struct KeyGroupSlice(int KeyGroup, int Handle, long Offset, long Length);
