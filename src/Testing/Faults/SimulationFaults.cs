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
        Hangs = false,
        JumpsClock = false,
        HasConsumer = false,
    };

    /// <summary>Gets the most processes that die, or are believed dead.</summary>
    public int MaxDeaths { get; init; } = 6;

    /// <summary>Gets the most operations, pieces of work and user functions that fail without the process dying.</summary>
    public int MaxFailures { get; init; } = 6;

    /// <summary>Gets a value indicating whether news of completed checkpoints may be lost, repeated or late.</summary>
    public bool LosesNotifications { get; init; } = true;

    /// <summary>Gets a value indicating whether calls of sinks and stores may go unanswered for a long time.</summary>
    public bool Hangs { get; init; } = true;

    /// <summary>Gets a value indicating whether some of these calls are never answered: then the job must have time-outs.</summary>
    public bool HangsForever { get; init; } = true;

    /// <summary>Gets a value indicating whether the clock may be set forward and back. Timestamps do not notice.</summary>
    public bool JumpsClock { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether somebody may take finished files out of the output directories; what was taken counts as output.
    /// </summary>
    public bool HasConsumer { get; init; } = true;
}
