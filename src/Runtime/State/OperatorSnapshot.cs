using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>What one operator in one subtask remembered at a barrier, as a checkpoint's manifest holds it.</summary>
/// <param name="Id">The operator's id.</param>
/// <param name="Handles">Where its bytes are.</param>
/// <param name="KeyGroups">
/// Where in them the entries of each key group are. Of a key that several handles have an entry of the last one counts.
/// </param>
/// <param name="Items">Operator list state: each item goes to exactly one subtask.</param>
/// <param name="Shared">Union list state: every subtask gets the items of all.</param>
public sealed record OperatorSnapshot(
    string Id,
    ImmutableArray<StateHandle> Handles,
    ImmutableArray<KeyGroupSlice> KeyGroups,
    ImmutableArray<ReadOnlyMemory<byte>> Items,
    ImmutableArray<ReadOnlyMemory<byte>> Shared)
{
    /// <summary>Gets the parts of its keyed state, in the order of their numbers in entries; none but in a savepoint.</summary>
    public ImmutableArray<PartForm> Parts { get; init; } = [];

    /// <summary>Gets the items of states that a subtask keeps whatever the key.</summary>
    public ImmutableArray<StateItem> StateItems { get; init; } = [];

    /// <summary>
    /// Gets a value indicating whether it holds anything, in whatever form: a backend may keep all of it in files of its own.
    /// </summary>
    internal bool HasState =>
        !Handles.IsEmpty || !Items.IsEmpty || !Shared.IsEmpty || !KeyGroups.IsEmpty || !StateItems.IsEmpty;

    /// <summary>Gets the bytes that it refers to.</summary>
    public long SizeBytes => Handles.Sum(handle => handle.Length);

    /// <summary>Gets the shared files that it refers to.</summary>
    public IEnumerable<SharedFile> SharedFiles => Handles.OfType<StateHandle.InSharedFile>().Select(handle => handle.File);

    /// <summary>What an operator restores of it.</summary>
    /// <param name="handles">The bytes of each handle.</param>
    /// <param name="forms">The forms that it was written in; null for those of now.</param>
    internal OperatorState ToState(ImmutableArray<StoredState> handles, StoredForms? forms = null)
    {
        var sliced = KeyGroups.Select(slice => slice.Handle).ToHashSet();
        return new OperatorState(
            Id,
            [.. KeyGroups.Select(slice => new KeyGroupState(slice.KeyGroup, handles[slice.Handle], slice.Offset, (int)slice.Length)
            {
                Run = slice.Handle,
            })],
            Items,
            Shared)
        {
            StateItems = StateItems,
            Forms = forms ?? StoredForms.AsNow,
            Files = [.. handles.Where((_, position) => !sliced.Contains(position))],
        };
    }
}
