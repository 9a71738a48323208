using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>The states of a <see cref="WindowProcess{TIn, TKey, TOut}"/>: those of keys, and those of keys and windows.</summary>
internal sealed class WindowStates<TKey> : StateBinder
{
    private readonly KeyScope<TKey> _keyScope;
    private readonly KeyScope<PaneKey<TKey>> _paneScope;
    private readonly StateTables<TKey> _ofKeys;
    private readonly StateTables<PaneKey<TKey>> _ofPanes;
    private readonly bool _areMerging;

    public WindowStates(SubtaskContext subtask, string id, AnyWindows windows)
    {
        var (job, clock) = (subtask.JobOf(id), subtask.Clock);
        var keys = Codecs.Of<TKey>();
        var panes = new PaneKeyCodec<TKey>(keys);
        _areMerging = windows.AreMerging;
        _keyScope = new(keys, job.Seed, () => clock.Now);
        _paneScope = new(panes, job.Seed, () => clock.Now);
        _ofKeys = new(_keyScope, keys, job.Backend, job.Seed);
        _ofPanes = new(_paneScope, panes, job.Backend, job.Seed, StateScope.Window);
    }

    /// <summary>Gets the forms of all states.</summary>
    public IEnumerable<SchemaMember> Schemas => [_ofKeys.Schema, _ofPanes.Schema];

    /// <summary>Gets what a checkpoint holds: states of keys first.</summary>
    public IEnumerable<KeyedPart> Parts => [.. _ofKeys.Parts, .. _ofPanes.Parts];

    /// <summary>What takes up the entries of a checkpoint, in the order in which they were written.</summary>
    public IEnumerable<KeyedPart> Restored(StoredForms forms, Codec<TKey> written) =>
        [.. _ofKeys.Restored(forms, written), .. _ofPanes.Restored(forms, new PaneKeyCodec<TKey>(written))];

    /// <summary>It is the turn of a key and window: states may be used until <see cref="End"/>.</summary>
    public void Begin(TKey key, TimeWindow window)
    {
        _keyScope.Enter(key);
        _paneScope.Enter(new PaneKey<TKey>(key, window));
        _keyScope.Begin();
        _paneScope.Begin();
    }

    /// <summary>The call is over.</summary>
    public void End()
    {
        _keyScope.End();
        _paneScope.End();
    }

    /// <summary>Cleans up a portion of what has expired.</summary>
    public void CleanUp()
    {
        _ofKeys.CleanUp();
        _ofPanes.CleanUp();
    }

    /// <summary>Forgets the states of the window whose turn it is.</summary>
    public void RemoveWindow() => _ofPanes.RemoveAll();

    internal override StateAccess<T>? Open<T>(StateField field, Func<T>? create) => Of(field).Open(field, create);

    internal override ListAccess<T>? OpenList<T>(StateField field) => Of(field).OpenList<T>(field);

    internal override MapAccess<TMapKey, TValue>? OpenMap<TMapKey, TValue>(StateField field) => Of(field).OpenMap<TMapKey, TValue>(field);

    internal override SubtaskAccess<InsertionMap<TMapKey, TValue>>? OpenBroadcast<TMapKey, TValue>(StateField field) =>
        _ofKeys.OpenBroadcast<TMapKey, TValue>(field);

    internal override SubtaskAccess<List<T>>? OpenOperatorList<T>(StateField field, Redistribution redistribution) =>
        _ofKeys.OpenOperatorList<T>(field, redistribution);

    // Flink refuses it, too: there is no way to make one state of several that only their class knows.
    private StateBinder Of(StateField field) => field.Scope == StateScope.Window && !_areMerging ? _ofPanes : _ofKeys;
}
