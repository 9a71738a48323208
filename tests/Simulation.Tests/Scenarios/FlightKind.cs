namespace Weir.Simulation.Tests.Scenarios;

/// <summary>The kinds of scenario.</summary>
internal enum FlightKind
{
    /// <summary>The main sample's pipeline.</summary>
    Delays,

    /// <summary>Two inputs, two sinks.</summary>
    Branches,

    /// <summary>Event time is taken behind an exchange.</summary>
    TimeBehindAnExchange,

    /// <summary>Streams that are split and sent to chosen subtasks, and inputs that wait for one another.</summary>
    Choices,

    /// <summary>The flights of one input are told to all subtasks that treat those of the other.</summary>
    Rules,

    /// <summary>Some rows are late, by seed always the same ones.</summary>
    LateRows,

    /// <summary>The main sample's pipeline, into a ledger whose own transactions decide which checkpoint is the recovery point.</summary>
    Ledger,

    /// <summary>
    /// The main sample's pipeline, and another job that wants to write into its output, or keeps its checkpoints beside it.
    /// </summary>
    Rival,
}
