namespace Weir.Simulation.Tests.Brokers;

/// <summary>Mistakes that an arbiter which decides by a transaction could make.</summary>
internal enum BrokerMistake
{
    /// <summary>None.</summary>
    None,

    /// <summary>The progress is read before earlier processes are shut out, by the store and by the broker.</summary>
    ReadsBeforeFence,

    /// <summary>The progress is read when the store has shut earlier processes out, and the broker has not.</summary>
    ReadsBeforeInit,

    /// <summary>The progress is read up to the last stable offset, which a transaction of somebody else holds back.</summary>
    ReadsWhatIsStable,

    /// <summary>The transaction is committed before the checkpoint is durable.</summary>
    CommitsBeforeDurable,

    /// <summary>A checkpoint is known by its number alone, whichever attempt took it.</summary>
    PlainNumbers,

    /// <summary>Older checkpoints are deleted before the transaction is committed.</summary>
    CleansUpFirst,
}
