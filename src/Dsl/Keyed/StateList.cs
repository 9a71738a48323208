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

    internal override StateAccess<T>? Open<T>(StateField field, Func<T>? create)
    {
        Add(field, $"ValueState<{TypeText.Of(typeof(T))}>");
        return null;
    }

    internal override ListAccess<T>? OpenList<T>(StateField field)
    {
        Add(field, $"ListState<{TypeText.Of(typeof(T))}>");
        return null;
    }

    internal override MapAccess<TKey, TValue>? OpenMap<TKey, TValue>(StateField field)
    {
        Add(field, $"MapState<{TypeText.Of(typeof(TKey))}, {TypeText.Of(typeof(TValue))}>");
        return null;
    }

    internal override SubtaskAccess<InsertionMap<TKey, TValue>>? OpenBroadcast<TKey, TValue>(StateField field)
    {
        Add(field, $"BroadcastState<{TypeText.Of(typeof(TKey))}, {TypeText.Of(typeof(TValue))}>");
        return null;
    }

    internal override SubtaskAccess<List<T>>? OpenOperatorList<T>(StateField field, Redistribution redistribution)
    {
        Add(field, $"OperatorListState<{TypeText.Of(typeof(T))}>");
        return null;
    }

    private void Add(StateField field, string type) => _states.Add(new StateDescription(
        field.Name, field.Ttl is { } ttl ? $"{type} for {StageFacts.Span(EventTime.Of(ttl.After))}" : type));
}

/// <summary>A state of an operator, for people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
internal sealed record StateDescription(string Name, string Type);
