using Weir.Graph;

namespace Weir;

/// <summary>Lists the states of an object that is never going to run.</summary>
internal sealed class StateList : StateBinder
{
    private readonly List<StateDescription> _states = [];

    /// <summary>The states of an object.</summary>
    public static IReadOnlyList<StateDescription> Of(StatefulProcess process)
    {
        var list = new StateList();
        process.WireTo(list);
        return list._states;
    }

    internal override StateAccess<T>? Open<T>(StateField field) => Add<T>(field.Name, $"ValueState<{TypeText.Of(typeof(T))}>");

    internal override StateAccess<List<T>>? OpenList<T>(StateField field) =>
        Add<List<T>>(field.Name, $"ListState<{TypeText.Of(typeof(T))}>");

    internal override StateAccess<InsertionMap<TKey, TValue>>? OpenMap<TKey, TValue>(StateField field) =>
        Add<InsertionMap<TKey, TValue>>(field.Name, $"MapState<{TypeText.Of(typeof(TKey))}, {TypeText.Of(typeof(TValue))}>");

    private StateAccess<T>? Add<T>(string name, string type)
    {
        _states.Add(new StateDescription(name, type));
        return null;
    }
}

/// <summary>A state of an operator, for people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
internal sealed record StateDescription(string Name, string Type);
