using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>The state of one operator in one subtask, as bytes that a later job with another parallelism can deal out anew.</summary>
/// <param name="Id">The operator's id.</param>
/// <param name="KeyGroups">Keyed state: each group's entries, ready to be moved to whoever owns the group. In order of groups; a group may
/// come in pieces.</param>
/// <param name="Items">Operator list state: on a change of parallelism each item goes to exactly one subtask.</param>
/// <param name="Shared">Union list state: after a restore every subtask gets the items of all.</param>
public sealed record OperatorState(
    string Id,
    ImmutableArray<KeyGroupState> KeyGroups,
    ImmutableArray<ReadOnlyMemory<byte>> Items,
    ImmutableArray<ReadOnlyMemory<byte>> Shared)
{
    /// <summary>
    /// Gets the files that the operator's old subtasks wrote or referred to: every subtask gets those of all, and takes what it owns.
    /// </summary>
    public ImmutableArray<StoredState> Files { get; init; } = [];

    /// <summary>Gets the items of states that a subtask keeps whatever the key.</summary>
    public ImmutableArray<StateItem> StateItems { get; init; } = [];

    /// <summary>Gets the forms that the state was written in, where an older version of the job wrote it.</summary>
    public StoredForms Forms { get; init; } = StoredForms.AsNow;

    /// <summary>An operator that remembers nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The empty state.</returns>
    public static OperatorState Empty(string id) => new(id, [], [], []);
}
