namespace Weir.Runtime.State;

/// <summary>An item of a state that a subtask keeps whatever the key, as bytes.</summary>
/// <param name="State">The name of the state.</param>
/// <param name="Dealt">Who gets it after a restore.</param>
/// <param name="Bytes">The item.</param>
public sealed record StateItem(string State, ItemDealing Dealt, ReadOnlyMemory<byte> Bytes);

/// <summary>Who gets an item after a restore.</summary>
/// <remarks>The numbers are those of manifests.</remarks>
public enum ItemDealing
{
    /// <summary>One subtask.</summary>
    Split = 0,

    /// <summary>Every subtask.</summary>
    Union = 1,

    /// <summary>It is a copy of what all subtasks hold alike: each new subtask gets one.</summary>
    Copy = 2,
}
