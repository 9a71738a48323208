namespace Weir.Graph;

/// <summary>How a stage moves records between subtasks.</summary>
public enum StageExchange
{
    /// <summary>Not at all: it takes in what the stage before puts out in the same subtask, unless their parallelisms differ.</summary>
    None,

    /// <summary>Behind it, each record goes to the owner of its key.</summary>
    ByKey,

    /// <summary>Behind it, each record goes to every subtask.</summary>
    ToAll,

    /// <summary>Behind it, each record goes where the user's function says.</summary>
    ByChoice,

    /// <summary>In front of it, records are dealt out in turn.</summary>
    Rebalance,

    /// <summary>In front of it, several streams become one.</summary>
    Merge,
}
