namespace Weir.Analyzers.State;

/// <summary>Takes the names of types in a baseline apart.</summary>
internal static class StateTypeText
{
    private static readonly HashSet<string> Heads = new(StringComparer.Ordinal) { "nullable", "list", "set", "map", "tuple" };

    /// <summary>A collection, a nullable or a tuple with what it is made of; any other type with nothing.</summary>
    public static (string Head, IReadOnlyList<string> Arguments) Split(string type)
    {
        var open = type.IndexOf('<');
        if (open <= 0 || !type.EndsWith(">", StringComparison.Ordinal) || !Heads.Contains(type.Substring(0, open)))
        {
            return (type, []);
        }

        var arguments = new List<string>();
        var (depth, start) = (0, open + 1);
        for (var i = open + 1; i < type.Length - 1; i++)
        {
            depth += type[i] is '<' ? 1 : type[i] is '>' ? -1 : 0;
            if (depth == 0 && type[i] == ',')
            {
                arguments.Add(type.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        arguments.Add(type.Substring(start, type.Length - 1 - start).Trim());
        return (type.Substring(0, open), arguments);
    }

    /// <summary>What a described type is: <c>record</c>, <c>enum</c>, <c>hierarchy</c>.</summary>
    public static string KindOf(string type) => type.IndexOf(' ') is > 0 and var space ? type.Substring(0, space) : "";

    /// <summary>Its full name.</summary>
    public static string NameOf(string type) => type.IndexOf(' ') is > 0 and var space ? type.Substring(space + 1) : type;
}
