namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A verb that treats each record by itself. A line of the table is all that the generator needs of one.</summary>
/// <param name="name">The verb's name; its stage is called after it.</param>
/// <param name="parameter">The parameter that takes the user's function; the stage's property is called after it.</param>
/// <param name="kind">What it does.</param>
/// <param name="output">Which type argument the records that go out are.</param>
internal sealed class RecordVerb(string name, string parameter, RecordKind kind, int output)
{
    private static readonly RecordVerb[] Table =
    [
        new("Where", "predicate", RecordKind.Filter, output: 0),
        new("Select", "selector", RecordKind.Map, output: 1),
        new("SelectMany", "selector", RecordKind.Expand, output: 1),
    ];

    public string Parameter { get; } = parameter;

    public RecordKind Kind { get; } = kind;

    public int Output { get; } = output;

    private string Name { get; } = name;

    public static RecordVerb? Of(string verb) => Array.Find(Table, known => known.Name == verb);
}

/// <summary>What verbs do to a record. Several verbs may do the same.</summary>
internal enum RecordKind
{
    /// <summary>Gives it its event time.</summary>
    AssignTime,

    /// <summary>Keeps it if the function accepts it.</summary>
    Filter,

    /// <summary>Makes one record of it.</summary>
    Map,

    /// <summary>Makes a pair of it and what the function answers: a further variable of a query.</summary>
    Pair,

    /// <summary>Makes any number of records of it.</summary>
    Expand,
}
