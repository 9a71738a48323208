namespace Weir.Simulation.Tests.Scenarios;

/// <summary>
/// What the runtime does right by now; what it does not is simulated only if <c>WEIR_SIMULATE_ALL</c> is set. Empty when issue 6 is done.
/// </summary>
internal static class Mended
{
    private static readonly bool All = Environment.GetEnvironmentVariable("WEIR_SIMULATE_ALL") is { Length: > 0 };

    /// <summary>A consumer may take finished files away (issue 6, 1.3).</summary>
    public static bool Consumer => true;

    /// <summary>A call that never answers is bounded by a time-out (issue 6, 2).</summary>
    public static bool TimeOuts => All;

    /// <summary>Expired checkpoints leave nothing behind (issue 6, 2).</summary>
    public static bool Leftovers => All;

    /// <summary>Lanes are restored under their own names behind an exchange (issue 6, 1.4).</summary>
    public static bool Lanes => true;

    /// <summary>A sink that waits for the decision makes progress although several checkpoints are under way.</summary>
    public static bool WaitingSinks => true;

    /// <summary>A second owner is refused an output directory (issue 6, 1.2).</summary>
    public static bool Owners => All;
}
