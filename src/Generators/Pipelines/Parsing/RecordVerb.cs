namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A verb that treats each record by itself. A line of the table is all that the generator needs of one.</summary>
/// <param name="name">The verb's name; its stage is called after it.</param>
/// <param name="parameter">The parameter that takes the user's function; the stage's property is called after it.</param>
/// <param name="kind">What it does.</param>
/// <param name="output">Which type argument the records that go out are.</param>
internal sealed class RecordVerb(string name, string parameter, StageKind kind, int output)
{
    private static readonly RecordVerb[] Table =
    [
        new("Where", "predicate", StageKind.Filter, output: 0),
        new("Select", "selector", StageKind.Map, output: 1),
        new("SelectMany", "selector", StageKind.Expand, output: 1),
    ];

    public string Parameter { get; } = parameter;

    public StageKind Kind { get; } = kind;

    public int Output { get; } = output;

    private string Name { get; } = name;

    public static RecordVerb? Of(string verb) => Array.Find(Table, known => known.Name == verb);
}

/// <summary>What verbs do. Several verbs may do the same.</summary>
internal enum StageKind
{
    /// <summary>Reads a source.</summary>
    From,

    /// <summary>Gives records their event times.</summary>
    WithEventTime,

    /// <summary>Keeps the records that its function accepts.</summary>
    Filter,

    /// <summary>Makes one record of each.</summary>
    Map,

    /// <summary>Makes any number of records of each.</summary>
    Expand,

    /// <summary>Keys the stream.</summary>
    KeyBy,

    /// <summary>Aggregates windows.</summary>
    Aggregate,

    /// <summary>Deals records out in turn.</summary>
    Rebalance,

    /// <summary>Makes one stream of several.</summary>
    Union,

    /// <summary>Writes to a sink.</summary>
    To,
}
