using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>
/// A checkpoint whose manifest was read and whose state files were verified. The files are read when operators restore, a piece at a time.
/// </summary>
/// <param name="manifest">The manifest.</param>
/// <param name="open">Opens the file of a handle.</param>
internal sealed class LoadedCheckpoint(Manifest manifest, Func<StateHandle, Stream> open) : IDisposable
{
    private readonly List<StoredState> _opened = [];

    public Manifest Manifest => manifest;

    /// <summary>What each subtask of an operator remembered.</summary>
    public ImmutableArray<OperatorState> StatesOf(ManifestOperator stateful) => Of(stateful.Subtasks, new StoredForms(stateful.Schemas));

    /// <summary>Closes the files.</summary>
    public void Dispose() => _opened.ForEach(stored => stored.Dispose());

    private ImmutableArray<OperatorState> Of(ImmutableArray<OperatorSnapshot> subtasks, StoredForms forms) =>
        [.. subtasks.Select(snapshot => StateOf(snapshot, forms))];

    private OperatorState StateOf(OperatorSnapshot snapshot, StoredForms forms)
    {
        ImmutableArray<StoredState> handles = [.. snapshot.Handles.Select(handle => new StoredState(handle, () => open(handle)))];
        _opened.AddRange(handles);
        return snapshot.ToState(handles, forms);
    }
}
