namespace Weir.Runtime.State;

/// <summary>A consecutive range of key groups, both ends included.</summary>
/// <param name="First">The first group.</param>
/// <param name="Last">The last group.</param>
public readonly record struct KeyGroupRange(int First, int Last)
{
    /// <summary>Whether a group lies in the range.</summary>
    /// <param name="keyGroup">The group.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(int keyGroup) => keyGroup >= First && keyGroup <= Last;
}
