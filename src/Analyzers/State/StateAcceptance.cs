using Weir.Generators.State;

namespace Weir.Analyzers.State;

/// <summary>
/// Takes what the code stores now into a baseline, for one pipeline or one of its operators; all else stays as it is written.
/// </summary>
internal static class StateAcceptance
{
    /// <summary>The text of the new baseline.</summary>
    /// <param name="text">The old one.</param>
    /// <param name="now">What the project stores.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="id">The operator; null for which operators there are.</param>
    /// <param name="formerPipeline">What the pipeline is called in the old one; null for the same.</param>
    /// <exception cref="StateFileException">The old one cannot be read.</exception>
    public static string Accept(string text, StateModel now, string pipeline, string? id, string? formerPipeline = null)
    {
        var then = StateFileReader.Read(text);
        var operators = new Dictionary<string, IReadOnlyList<StateMemberModel>?>(StringComparer.Ordinal);
        var states = new List<StateMemberModel>();
        foreach (var one in now.Operators.Where(one => one.Pipeline == pipeline))
        {
            if (id is null ? then.Operators.All(old => StateFileText.NameOf(old) != StateFileText.NameOf(one)) : one.Id == id)
            {
                operators[StateFileText.NameOf(one)] = StateFileText.WithVerb(one);
                states.AddRange(one.States);
            }
        }

        foreach (var gone in then.Operators.Where(old => id is null && (old.Pipeline == pipeline || old.Pipeline == formerPipeline)
            && now.Operators.All(one => StateFileText.NameOf(old) != StateFileText.NameOf(one))))
        {
            operators[StateFileText.NameOf(gone)] = null;
        }

        var types = new Dictionary<string, IReadOnlyList<StateMemberModel>?>(StringComparer.Ordinal);
        Reach(states, now.Types.ToDictionary(static type => type.Name, StringComparer.Ordinal), types);
        foreach (var gone in then.Types.Where(old => now.Types.All(type => type.Name != old.Name)))
        {
            types[gone.Name] = null;
        }

        return StateFileEdit.Apply(StateFileEdit.Apply(text, "operators", operators), "types", types);
    }

    private static void Reach(
        IEnumerable<StateMemberModel> members,
        Dictionary<string, StateTypeModel> all,
        Dictionary<string, IReadOnlyList<StateMemberModel>?> found)
    {
        foreach (var type in members.SelectMany(static member => Parts(member.Type)))
        {
            if (all.TryGetValue(type, out var described) && !found.ContainsKey(type))
            {
                found[type] = described.Members;
                Reach(described.Members, all, found);
            }
        }
    }

    private static IEnumerable<string> Parts(string type)
    {
        var (_, arguments) = StateTypeText.Split(type);
        return arguments.Count == 0 ? [type] : arguments.SelectMany(Parts);
    }
}
