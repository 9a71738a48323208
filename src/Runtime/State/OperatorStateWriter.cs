using System.Collections.Immutable;
using System.Globalization;

namespace Weir.Runtime.State;

/// <summary>Takes what an operator remembers, piece by piece.</summary>
/// <param name="id">The operator's id.</param>
public sealed class OperatorStateWriter(string id)
{
    /// <summary>The bytes of state that lie in the manifest: a file costs two waits for the disk.</summary>
    internal const int DefaultInlineBytes = 4096;

    // Most hold one thing or nothing.
    private readonly ImmutableArray<KeyGroupState>.Builder _keyGroups = ImmutableArray.CreateBuilder<KeyGroupState>(0);
    private readonly ImmutableArray<ReadOnlyMemory<byte>>.Builder _items = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(0);
    private readonly ImmutableArray<ReadOnlyMemory<byte>>.Builder _shared = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(0);
    private readonly ImmutableArray<StateItem>.Builder _stateItems = ImmutableArray.CreateBuilder<StateItem>(0);
    private Func<IEnumerable<KeyGroupState>>? _later;
    private RunWriter? _run;
    private Func<ISnapshotFiles, CancellationToken, ValueTask<IReadOnlyList<StateHandle>>>? _files;
    private Func<bool> _isReady = static () => true;

    /// <summary>
    /// Gets a value indicating whether it is for a savepoint: everything is written, none of it refers to what another checkpoint wrote,
    /// keyed state comes by key groups, and nothing that the operator remembers of earlier snapshots changes.
    /// </summary>
    public bool IsSavepoint { get; init; }

    /// <summary>Gets the parts of the keyed state, in the order of their numbers in entries; none but for a savepoint.</summary>
    internal ImmutableArray<PartForm> Parts { get; private set; } = [];

    /// <summary>Says what the keyed state is made of, for whoever reads a savepoint.</summary>
    internal void Describe(ImmutableArray<PartForm> parts) => Parts = parts;

    /// <summary>
    /// Gets how many bytes of state a checkpoint may hold that is kept in the manifest as a whole; null if it goes to files.
    /// </summary>
    internal long? LimitBytes { get; init; }

    /// <summary>Gets how many bytes of state lie in the manifest at most; what is larger has a file of its own.</summary>
    internal int InlineBytes { get; init; } = DefaultInlineBytes;

    /// <summary>
    /// Gets a value indicating whether it stands for itself: it refers to no snapshot before, and none after refers to it.
    /// </summary>
    internal bool IsApart => IsSavepoint || LimitBytes is not null;

    /// <summary>Adds entries of a key group; in any order, a group may come in several pieces. What is empty is left out.</summary>
    /// <param name="keyGroup">The group.</param>
    /// <param name="entries">MessagePack; not changed afterwards.</param>
    public void AddKeyGroup(int keyGroup, ReadOnlyMemory<byte> entries) => _keyGroups.Add(new KeyGroupState(keyGroup, entries));

    /// <summary>Leaves the encoding of all key groups for later: the operator has put aside what they were at the barrier.</summary>
    /// <param name="encode">
    /// Encodes them, in pieces and in any order; called once, by any thread, while the operator goes on. A piece's bytes are used before
    /// the next is asked for, so that its buffer may be used again.
    /// </param>
    public void AddKeyGroupsLater(Func<IEnumerable<KeyGroupState>> encode)
    {
        Invariant.Holds(_later is null && _run is null && _keyGroups.Count == 0, $"operator {id} wrote its key groups twice");
        _later = encode;
    }

    /// <summary>
    /// Leaves all key groups for later: to be put aside by <see cref="Sweep"/>, and then to be written beside what is kept.
    /// </summary>
    internal void AddRun(RunWriter run)
    {
        Invariant.Holds(_later is null && _run is null && _keyGroups.Count == 0, $"operator {id} wrote its key groups twice");
        _run = run;
    }

    /// <summary>Puts aside a portion of what has not changed since the barrier. By the subtask, between records.</summary>
    /// <param name="portion">About how many slots are visited; what was is taken away.</param>
    /// <returns>Whether all is put aside.</returns>
    internal bool Sweep(ref int portion) => _run?.Sweep(ref portion) ?? true;

    /// <summary>Gets a value indicating whether it may be finished only when all snapshots of the operator before it are.</summary>
    internal bool Builds => _run is not null;

    /// <summary>What was put aside is written, or it could not be. By the subtask.</summary>
    internal void Settle(bool isWritten)
    {
        if (_run is { } run)
        {
            run.Run.IsWritten = isWritten;
        }
    }

    /// <summary>
    /// Leaves state that is no key groups' to files, which the operator writes or refers to again. They come back as
    /// <see cref="OperatorState.Files"/>.
    /// </summary>
    /// <param name="write">Writes them, on the work pool; called once.</param>
    public void AddFilesLater(Func<ISnapshotFiles, CancellationToken, ValueTask<IReadOnlyList<StateHandle>>> write) =>
        AddFilesLater(write, static () => true);

    /// <summary>
    /// Leaves state to files that cannot be written yet: the operator goes on putting aside what was there at the barrier.
    /// </summary>
    /// <param name="write">Writes them, on the work pool; called once.</param>
    /// <param name="isReady">Whether they can be written. Asked by the subtask, at each step until they can.</param>
    internal void AddFilesLater(
        Func<ISnapshotFiles, CancellationToken, ValueTask<IReadOnlyList<StateHandle>>> write, Func<bool> isReady)
    {
        Invariant.Holds(_files is null, $"operator {id} wrote its files twice");
        Invariant.Holds(!IsSavepoint, $"operator {id} wrote files of its own for a savepoint, which another backend cannot read");
        (_files, _isReady) = (write, isReady);
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

    /// <summary>Adds an item of a state that a subtask keeps whatever the key.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="state">The name of the state.</param>
    /// <param name="dealt">Who gets it after a restore.</param>
    /// <param name="codec">Its codec.</param>
    /// <param name="item">The item.</param>
    public void AddStateItem<T>(string state, ItemDealing dealt, Codec<T> codec, in T item) =>
        _stateItems.Add(new StateItem(state, dealt, codec.Encode(item)));

    /// <summary>Adds items that were put aside before.</summary>
    internal void AddStateItems(ImmutableArray<StateItem> items) => _stateItems.AddRange(items.IsDefault ? [] : items);

    /// <summary>
    /// What was added, all of it in memory; encodes what was left for later. Call it once. For scripts that hand state on without a store.
    /// </summary>
    /// <returns>The state.</returns>
    public OperatorState ToState()
    {
        var all = int.MaxValue;
        while (!Sweep(ref all))
        {
            all = int.MaxValue;
        }

        // Nothing can build on it.
        Settle(isWritten: false);
        return new(
            id,
            [
                .. (_run?.Encode() ?? _later?.Invoke() ?? _keyGroups)
                    .Select(group => new KeyGroupState(group.KeyGroup, group.Entries.ToArray())),
            ],
            _items.ToImmutable(),
            _shared.ToImmutable())
        {
            StateItems = _stateItems.ToImmutable(),
        };
    }

    /// <summary>Gets a value indicating whether all has been put aside.</summary>
    internal bool IsReady => _isReady();

    /// <summary>Gets a value indicating whether there is work left that belongs on the pool: encoding, or writing to files.</summary>
    internal bool IsUnfinished =>
        _run is not null || _later is not null || _files is not null
            || _keyGroups.Sum(group => (long)group.Entries.Length) > InlineBytes;

    /// <summary>Writes what was added where it belongs. Call it once.</summary>
    internal async ValueTask<OperatorSnapshot> FinishAsync(ISnapshotFiles files, CancellationToken cancellation)
    {
        var handles = ImmutableArray.CreateBuilder<StateHandle>();
        var slices = ImmutableArray.CreateBuilder<KeyGroupSlice>();
        foreach (var kept in _run?.Kept ?? [])
        {
            if (kept.IsWritten != true)
            {
                throw new IOException("the snapshot before it, which it builds on, could not be stored");
            }

            slices.AddRange(kept.Slices.Select(slice => slice with { Handle = handles.Count + slice.Handle }));
            handles.AddRange(kept.Handles);
        }

        var pieces = _run?.Encode() ?? _later?.Invoke() ?? _keyGroups;
        var (written, where) = await new KeyGroupsWriter(id, LimitBytes ?? InlineBytes, LimitBytes is not null)
            .WriteAsync(pieces, WriteFileAsync, cancellation).ConfigureAwait(false);
        if (written is not null)
        {
            slices.AddRange(where.Select(slice => slice with { Handle = handles.Count }));
            handles.Add(written);
        }

        if (_run is { } run)
        {
            (run.Run.Handles, run.Run.Slices) = (written is null ? [] : [written], where);
        }

        if (_files is not null)
        {
            handles.AddRange(await _files(files, cancellation).ConfigureAwait(false));
        }

        return new OperatorSnapshot(id, handles.ToImmutable(), slices.ToImmutable(), _items.ToImmutable(), _shared.ToImmutable())
        {
            Parts = Parts,
            StateItems = _stateItems.ToImmutable(),
        };

        // What later snapshots build on is shared with them.
        ValueTask<StateHandle> WriteFileAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken stop) =>
            _run is { } shared && !IsApart
                ? files.ShareAsync(string.Create(CultureInfo.InvariantCulture, $"run-{shared.Run.Barrier}"), write, stop)
                : files.WriteAsync(write, stop);
    }
}
