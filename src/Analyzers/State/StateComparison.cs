using Weir.Generators.State;
using Weir.Wire;

namespace Weir.Analyzers.State;

/// <summary>Compares what a baseline says is stored with what the code reads: by the rules that a restore resolves schemas by.</summary>
/// <remarks>Stricter in one thing: where one member went and one of the same type came, somebody should say if it is the same.</remarks>
internal sealed class StateComparison
{
    private readonly Dictionary<string, StateTypeModel> _then;
    private readonly Dictionary<string, StateTypeModel> _now;
    private readonly HashSet<(string Then, string Now, bool IsKey)> _compared = [];
    private readonly List<StateChange> _changes = [];

    public StateComparison(StateModel baseline, IEnumerable<StateTypeModel> now)
    {
        _then = baseline.Types.GroupBy(static type => type.Name, StringComparer.Ordinal)
            .ToDictionary(static same => same.Key, static same => same.First(), StringComparer.Ordinal);
        _now = now.ToDictionary(static type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>What stands against reading the states of an operator.</summary>
    public IReadOnlyList<StateChange> Compare(OperatorStateModel then, OperatorStateModel now)
    {
        _changes.Clear();
        Folds(then, now);
        foreach (var state in then.States.Where(static state => !AccumulatorStates.IsField(state)))
        {
            if (now.States.FirstOrDefault(one => one.Name == state.Name || one.FormerNames.Contains(state.Name)) is { } same)
            {
                Types(state.Type, same.Type, state.Name, null, null, isKey: state.Name == "key");
            }
            else if (state.Name == AccumulatorStates.Name && now.States.Any(AccumulatorStates.IsField))
            {
                Add(null, null, $"'{state.Name}' was {state.Type}, and is folded record by record now: change the aggregate back");
            }
            else
            {
                Unknown(state, now);
            }
        }

        return [.. _changes];
    }

    // A source or sink whose type does not tell any more what it stores may well store the same.
    private void Unknown(StateMemberModel state, OperatorStateModel now)
    {
        if (KeyedStates.Is(state))
        {
            Add(null, null, $"'{state.Name}' was {state.Type}, and is not kept any more, so that a restore drops it: keep it, or mark the "
                + "field that it is now [WasNamed]");
        }
        else if (now.Verb is not ("From" or "To"))
        {
            Add(null, null, $"'{state.Name}' was {state.Type}, and is not kept any more: keep it");
        }
    }

    // What a generated accumulator kept is found again by what it was kept for; what it did not keep cannot be counted afterwards.
    private void Folds(OperatorStateModel then, OperatorStateModel now)
    {
        var kept = then.States.Where(AccumulatorStates.IsField).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        var fields = now.States.Where(AccumulatorStates.IsField).ToList();
        if (fields.Count == 0)
        {
            var state = now.States.FirstOrDefault(static one => one.Name == AccumulatorStates.Name);
            Add(null, null, $"'{AccumulatorStates.Name}' was folded record by record, and is {state?.Type ?? "not kept"} now: change the "
                + "aggregate back");
            return;
        }

        foreach (var (field, was) in FoldMatch.Of(kept, fields))
        {
            var label = AccumulatorStates.LabelOf(field);
            if (was is null)
            {
                Add(null, null, $"'{label}' was not kept, and is {field.Type} now: the windows that were open have not counted it; take "
                    + "what needs it out again until these windows have fired");
            }
            else
            {
                Types(was.Type, field.Type, label, null, null, isKey: false);
            }
        }
    }

    private void Types(string then, string now, string path, string? owner, string? member, bool isKey)
    {
        var (was, @is) = (StateTypeText.Split(then), StateTypeText.Split(now));
        if (@is.Head == "nullable" && was.Head != "nullable")
        {
            Types(then, @is.Arguments[0], path, owner, member, isKey);
        }
        else if (was.Arguments.Count > 0 && was.Head == @is.Head && was.Arguments.Count == @is.Arguments.Count
            && (!isKey || then == now || was.Head is "nullable" or "tuple"))
        {
            for (var i = 0; i < was.Arguments.Count; i++)
            {
                Types(was.Arguments[i], @is.Arguments[i], path, owner, member, isKey);
            }
        }
        else if (_then.TryGetValue(then, out var typeThen) && _now.TryGetValue(now, out var typeNow))
        {
            Described(typeThen, typeNow, path, owner, member, isKey);
        }
        else if (then == now && StateTypeText.KindOf(then) is "record" or "enum" or "hierarchy" && !_then.ContainsKey(then))
        {
            Add(owner, member, $"'{path}' is {then}, which is not among the types of the baseline: put it back there");
        }
        else if (then != now && !(NumberForms.Fits(then, now) && (!isKey || NumberForms.KeepsHash(then, now))))
        {
            Add(owner, member, $"'{path}' was {then} and is {now}{(isKey ? ", in a key" : "")}: change the type back");
        }
    }

    private void Described(StateTypeModel then, StateTypeModel now, string path, string? owner, string? member, bool isKey)
    {
        if (!_compared.Add((then.Name, now.Name, isKey)))
        {
            return;
        }

        var (kind, name) = (StateTypeText.KindOf(now.Name), StateTypeText.NameOf(now.Name));
        var former = StateTypeText.NameOf(then.Name);
        if (StateTypeText.KindOf(then.Name) != kind)
        {
            Add(owner, member, $"'{path}' was {then.Name} and is {now.Name}: change the type back");
        }
        else if (!TypeLabels.IsSame(former, name, now.FormerNames))
        {
            Add(name, null, $"'{path}' was {former} and is {name}: mark '{name}' [WasNamed(\"{former}\")] if it is the same type, or "
                + "change it back", new FormerName(name, null, former));
        }
        else if (kind == "enum")
        {
            Enums(then, now, path, name, isKey);
        }
        else if (kind == "hierarchy")
        {
            Cases(then, now, path, name, isKey);
        }
        else
        {
            Members(then, now, path, name, isKey);
        }
    }

    private void Members(StateTypeModel then, StateTypeModel now, string path, string type, bool isKey)
    {
        var positions = now.Members.Select(member => IndexOf(then, member)).ToArray();
        for (var i = 0; i < positions.Length; i++)
        {
            var member = now.Members[i];
            var at = $"{path}.{member.Name}";
            if (positions[i] >= 0)
            {
                Types(then.Members[positions[i]].Type, member.Type, at, type, member.Name, isKey);
            }

            if (isKey && positions[i] != i)
            {
                Add(type, member.Name, $"'{at}' was not there, or stood elsewhere, and the members of a key in their order say where its "
                    + "state lies: put them back");
            }
        }

        for (var i = 0; i < then.Members.Count; i++)
        {
            if (positions.Contains(i))
            {
                continue;
            }

            var gone = then.Members[i];
            var heirs = now.Members.Where((member, at) => positions[at] < 0 && member.Type == gone.Type).ToArray();
            if (isKey)
            {
                Add(type, null, $"'{path}.{gone.Name}' is gone, and the members of a key say where its state lies: put it back");
            }
            else if (heirs.Length > 0)
            {
                Add(type, heirs[0].Name, $"'{path}.{gone.Name}' is gone and '{heirs[0].Name}' of the same type is new: mark "
                    + $"'{heirs[0].Name}' [WasNamed(\"{gone.Name}\")] if it is the same member, else accept the new state",
                    new FormerName(type, heirs[0].Name, gone.Name));
            }
        }
    }

    private void Enums(StateTypeModel then, StateTypeModel now, string path, string type, bool isKey)
    {
        if (then.Members.Count == 0 || now.Members.Count == 0)
        {
            return;
        }

        Types(then.Members[0].Type, now.Members[0].Type, path, type, null, isKey);
        foreach (var name in then.Members.Skip(1))
        {
            var found = now.Members.Skip(1).FirstOrDefault(member => member.Name == name.Name)
                ?? now.Members.Skip(1).FirstOrDefault(member => member.FormerNames.Contains(name.Name));
            if (found is null)
            {
                Add(type, null, $"'{path}' may hold '{name.Name}', which '{type}' has not any more: put it back, or mark its new name "
                    + $"[WasNamed(\"{name.Name}\")]", NewName(then, now, type, name.Name));
            }
            else if (isKey && found.Type != name.Type)
            {
                Add(type, found.Name, $"'{path}' holds '{found.Name}' as {name.Type}, and it is {found.Type} now, in a key: give it its "
                    + "number back");
            }
        }
    }

    private void Cases(StateTypeModel then, StateTypeModel now, string path, string type, bool isKey)
    {
        foreach (var one in then.Members)
        {
            var found = now.Members.FirstOrDefault(member => member.Name == one.Name)
                ?? now.Members.FirstOrDefault(member => member.FormerNames.Contains(one.Name));
            if (found is null || (isKey && found.Name != one.Name))
            {
                Add(type, null, $"'{path}' may hold '{one.Name}', which is not among the types of '{type}' any more: put it back, or mark "
                    + $"the type [WasNamed(\"{one.Name}\")] under its new name", isKey ? null : NewName(then, now, type, one.Name));
            }
            else
            {
                Types(one.Type, found.Type, $"{path}.{found.Name}", type, found.Name, isKey);
            }
        }
    }

    private static int IndexOf(StateTypeModel then, StateMemberModel member)
    {
        for (var i = 0; i < then.Members.Count; i++)
        {
            if (then.Members[i].Name == member.Name)
            {
                return i;
            }
        }

        for (var i = 0; i < then.Members.Count; i++)
        {
            if (member.FormerNames.Contains(then.Members[i].Name))
            {
                return i;
            }
        }

        return -1;
    }

    // The one name that is new, if there is one alone.
    private static FormerName? NewName(StateTypeModel then, StateTypeModel now, string type, string gone)
    {
        var added = now.Members
            .Where(member => then.Members.All(one => one.Name != member.Name) && member.FormerNames.Count == 0).ToArray();
        return added.Length == 1 ? new FormerName(type, added[0].Name, gone) : null;
    }

    private void Add(string? type, string? member, string text, FormerName? heir = null) =>
        _changes.Add(new StateChange(type, member, text, heir));
}
