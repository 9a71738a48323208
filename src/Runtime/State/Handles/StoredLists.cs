using System.Collections.Immutable;

namespace Weir.Runtime.State.Handles;

/// <summary>The lists that a source or a sink asks its context for, as a part of its operator's state.</summary>
/// <param name="id">The operator's id.</param>
/// <param name="what">What may be asked when, for the message: <c>in Declare</c>.</param>
/// <param name="seed">Of the job.</param>
internal sealed class StoredLists(string id, string what, KeySeed seed) : SubtaskLists
{
    private readonly Dictionary<string, object> _lists = new(StringComparer.Ordinal);
    private SubtaskStates? _states;
    private bool _isComplete;

    // The thread that is in a call: -1 for any, before the first record; 0 for none.
    private int _thread = -1;

    /// <summary>Gets the form of all lists; none if there is no list.</summary>
    public IEnumerable<SchemaMember> Schemas => _states?.Schemas ?? [];

    public override OperatorListState<T> Open<T>(string name, Redistribution redistribution, string[] formerNames)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_lists.TryGetValue(name, out var known))
        {
            return known as OperatorListState<T> is { } same && same.Redistribution == redistribution
                ? same
                : throw new InvalidOperationException(
                    $"The state '{name}' of operator '{id}' is asked for as a list of {typeof(T).Name} by {redistribution}, and was "
                        + "asked for "
                        + "as another before. Give one of them another name.");
        }

        if (_isComplete)
        {
            throw new InvalidOperationException(
                $"The state '{name}' of operator '{id}' is asked for too late: what a checkpoint holds of it has been dealt out. Ask "
                    + "for it "
                    + $"{what}.");
        }

        _states ??= new SubtaskStates(Check, seed);
        var list = new OperatorListState<T>(redistribution)
        {
            Wired = _states.OpenList<T>(new StateField(name, formerNames, StateScope.Key, null), redistribution),
        };
        _lists.Add(name, list);
        return list;
    }

    /// <summary>All lists are known.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>Whoever uses a list from now on must be in a call.</summary>
    public void Begin() => _thread = 0;

    /// <summary>A call of the user's code begins on this thread.</summary>
    public void Enter() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>It has ended.</summary>
    public void Leave() => _thread = 0;

    /// <summary>Takes up what was dealt to this subtask.</summary>
    public void Restore(OperatorState state)
    {
        if (_states is { } states)
        {
            DamagedStateException.Guard(id, "the lists of the subtask", state, states.Restore);
        }
    }

    /// <summary>Writes all lists as of now.</summary>
    public void Write(OperatorStateWriter writer) => _states?.Write(writer);

    /// <summary>All lists as of now, to be written later.</summary>
    public ImmutableArray<StateItem> PutAside()
    {
        if (_states is null)
        {
            return [];
        }

        var writer = new OperatorStateWriter(id);
        _states.Write(writer);
        return writer.ToState().StateItems;
    }

    private void Check(string name)
    {
        if (_thread != -1 && _thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"The state '{name}' of operator '{id}' is used outside of a call on the thread of its subtask: in the background, or by a "
                    + "timer. Hand over what the background needs, and use the state in the next call.");
        }
    }
}
