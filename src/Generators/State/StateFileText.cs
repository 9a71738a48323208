using System.Text;

namespace Weir.Generators.State;

/// <summary>Writes a baseline: JSON, sorted, a member a line, so that two people's changes meet only where they changed the same.</summary>
internal static class StateFileText
{
    /// <summary>The version of the file.</summary>
    public const int Format = 1;

    public static string Of(StateModel state)
    {
        var text = new StringBuilder();
        text.Append("{\n").Append(FormattableString.Invariant($"  \"format\": {Format},\n"));
        Section(text, "operators", [.. state.Operators.Select(static one => (NameOf(one), WithVerb(one)))]);
        text.Append(",\n");
        Section(text, "types", [.. state.Types.Select(static one => (one.Name, (IReadOnlyList<StateMemberModel>)one.Members))]);
        return text.Append("\n}\n").ToString();
    }

    /// <summary>What an operator is called in the file: its pipeline and its id.</summary>
    public static string NameOf(OperatorStateModel one) => $"{one.Pipeline}/{one.Id}";

    /// <summary>What the file says of an operator: its verb and its states.</summary>
    public static IReadOnlyList<StateMemberModel> WithVerb(OperatorStateModel one) =>
        [new StateMemberModel { Name = "verb", Type = one.Verb, FormerNames = default }, .. one.States];

    private static void Section(StringBuilder text, string name, (string Name, IReadOnlyList<StateMemberModel> Members)[] entries)
    {
        text.Append($"  {Quoted(name)}: {{");
        for (var i = 0; i < entries.Length; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append($"    {Quoted(entries[i].Name)}: {{");
            for (var member = 0; member < entries[i].Members.Count; member++)
            {
                var one = entries[i].Members[member];
                text.Append(member == 0 ? "\n" : ",\n").Append($"      {Quoted(one.Name)}: {Quoted(one.Type)}");
            }

            text.Append(entries[i].Members.Count == 0 ? "}" : "\n    }");
        }

        text.Append(entries.Length == 0 ? "}" : "\n  }");
    }

    /// <summary>A text of JSON.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            // It travels in a comment, which must not end before it does.
            _ = letter == '/' ? text.Append(text[text.Length - 1] == '*' ? "\\/" : "/")
                : letter == '*' && text[text.Length - 1] == '/' ? text.Append("\\u002a")
                : letter is '"' or '\\' ? text.Append('\\').Append(letter)
                : letter < ' ' ? text.Append(FormattableString.Invariant($"\\u{(int)letter:x4}"))
                : text.Append(letter);
        }

        return text.Append('"').ToString();
    }
}
