namespace Weir;

/// <summary>The lists that a source or a sink keeps in a subtask, by name: what its context asks.</summary>
internal abstract class SubtaskLists
{
    /// <summary>Gets the lists of a context that was made by hand: held in memory, in no checkpoint.</summary>
    public static SubtaskLists Unstored => new InMemory();

    /// <summary>The list of a name: a new one, or the one that was asked for before.</summary>
    public abstract OperatorListState<T> Open<T>(string name, Redistribution redistribution, string[] formerNames);

    private sealed class InMemory : SubtaskLists
    {
        private readonly Dictionary<string, object> _lists = new(StringComparer.Ordinal);

        public override OperatorListState<T> Open<T>(string name, Redistribution redistribution, string[] formerNames)
        {
            if (!_lists.TryGetValue(name, out var list))
            {
                _lists[name] = list = new OperatorListState<T>(redistribution) { Wired = new Held<T>(name) };
            }

            return (OperatorListState<T>)list;
        }
    }

    private sealed class Held<T>(string name) : SubtaskAccess<List<T>>
    {
        public override string Name => name;

        public override List<T> Value { get; } = [];
    }
}
