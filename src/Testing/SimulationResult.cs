using System.Globalization;

namespace Weir.Testing;

/// <summary>How a simulation ended.</summary>
/// <param name="Seed">The seed: the same one makes the same run.</param>
/// <param name="Failure">What was wrong, or null if nothing was.</param>
/// <param name="Faults">How often each fault happened, by <see cref="SimulatedFault"/>.</param>
/// <param name="Turns">The turns taken.</param>
/// <param name="Attempts">The attempts begun.</param>
/// <param name="Recoveries">The attempts that continued from a checkpoint.</param>
/// <param name="Checkpoints">The checkpoints completed.</param>
/// <param name="Outputs">What was visible at the end, for each output directory.</param>
/// <param name="Trace">What happened, if it was recorded.</param>
public sealed record SimulationResult(
    int Seed,
    string? Failure,
    IReadOnlyList<int> Faults,
    int Turns,
    int Attempts,
    int Recoveries,
    int Checkpoints,
    IReadOnlyList<IReadOnlyList<string>> Outputs,
    IReadOnlyList<string> Trace)
{
    /// <summary>How often a fault happened.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The number.</returns>
    public int CountOf(SimulatedFault fault) => Faults[(int)fault];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Seed {Seed}: {(Failure is null ? "passed" : $"FAILED after {Turns} turns, {Attempts} attempts. {Failure}")}");
}
