namespace Weir.Generators.Pipelines.Parsing;

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
