namespace Weir.Testing;

/// <summary>What may go wrong in a simulation. Everything by default; how much of it does, the seed decides.</summary>
public sealed record SimulationFaults
{
    /// <summary>Everything goes well.</summary>
    public static readonly SimulationFaults None = new()
    {
        MaxDeaths = 0,
        MaxFailures = 0,
        LosesNotifications = false,
    };

    /// <summary>Gets the most processes that die, or are believed dead.</summary>
    public int MaxDeaths { get; init; } = 6;

    /// <summary>Gets the most operations, pieces of work and user functions that fail without the process dying.</summary>
    public int MaxFailures { get; init; } = 6;

    /// <summary>Gets a value indicating whether news of completed checkpoints may be lost, repeated or late.</summary>
    public bool LosesNotifications { get; init; } = true;
}
