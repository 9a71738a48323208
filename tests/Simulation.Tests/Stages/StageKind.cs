namespace Weir.Simulation.Tests.Stages;

/// <summary>What the middle one of three stages does.</summary>
internal enum StageKind
{
    /// <summary>Windows, aggregated.</summary>
    Windows,

    /// <summary>A process with state of every kind and timers.</summary>
    Process,
}
