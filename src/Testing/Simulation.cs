namespace Weir.Testing;

/// <summary>
/// Runs a job as it would run in the worst of data centres: processes die, lose their memory, are replaced while they still run; files,
/// messages and the user's own functions fail. Then it compares what came out with what should have.
/// </summary>
/// <remarks>
/// One thread, virtual time, files in memory; a seed decides everything, so that what was seen once can be seen again. Each process runs
/// the real planner, subtasks, coordinator and store.
/// </remarks>
public static class Simulation
{
    /// <summary>Runs a scenario once.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="seed">Decides everything that is left to chance.</param>
    /// <param name="isTraced">Whether to record what happens: slower.</param>
    /// <returns>How it ended.</returns>
    public static SimulationResult Run(SimulationScenario scenario, int seed, bool isTraced = false)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new SimulationRun(scenario, seed, isTraced).Run();
    }
}
