namespace Weir.Testing;

/// <summary>What somebody asks of a simulated job while it runs, as often as the seed decides.</summary>
public sealed record SimulationRequests
{
    /// <summary>Gets the most checkpoints that are asked for. None by default.</summary>
    public int MaxCheckpoints { get; init; }

    /// <summary>Gets how often the job is stopped at most; it is started again. Never by default.</summary>
    public int MaxStops { get; init; }

    /// <summary>
    /// Gets the most savepoints that are asked for; and, where the job may be stopped, some of the stops are with a savepoint, with which
    /// the next process begins. None by default.
    /// </summary>
    public int MaxSavepoints { get; init; }

    internal bool IsEmpty => MaxCheckpoints + MaxStops + MaxSavepoints == 0;
}
