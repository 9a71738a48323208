using Weir.Simulation.Tests.Scenarios;
using Weir.Simulation.Tests.Windows;
using Weir.Testing;

namespace Weir.Simulation.Tests.Barriers;

/// <summary>The scenarios of flights and windows, with barriers that overtake or do not wait.</summary>
internal static class BarrierScenarios
{
    private static readonly FlightKind[] Kinds =
    [
        FlightKind.Delays, FlightKind.Branches, FlightKind.Choices, FlightKind.TimeBehindAnExchange, FlightKind.LateRows, FlightKind.Ledger,
    ];

    /// <summary>The scenario of a seed: barriers overtake at once or after a while; every other one rescales.</summary>
    public static SimulationScenario Of(int seed) => Overtaking(seed, ScenarioOf(seed));

    /// <summary>The scenario of a seed in which no channel waits for the others' barriers: rows may come twice, and none is lost.</summary>
    public static SimulationScenario AtLeastOnce(int seed)
    {
        var scenario = FlightScenarios.Of(seed, seed % 2 == 0 ? FlightKind.Branches : FlightKind.Choices);
        return scenario with
        {
            Options = scenario.Options with { CheckpointMode = CheckpointMode.AtLeastOnce },
            Rescales = seed % 4 == 0,

            // A sum of records that came twice is another row; each record by itself is the same.
            Expected = [.. scenario.Expected.Select(output => output.Directory == FlightScenarios.Legs
                ? output with { MayRepeat = true }
                : output with { Rows = null })],
            MaxLate = null,
        };
    }

    /// <summary>A scenario with barriers that overtake, when the seed says.</summary>
    public static SimulationScenario Overtaking(int seed, SimulationScenario scenario)
    {
        var random = new Random(seed ^ 0x5eed);
        return scenario with
        {
            Rescales = seed % 2 == 0,
            Options = scenario.Options with
            {
                CheckpointMode = CheckpointMode.Unaligned,
                AlignedCheckpointTimeout = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 10)) : TimeSpan.Zero,
                MaxConcurrentCheckpoints = 1,
                CheckpointInterval = TimeSpan.FromMilliseconds(random.Next(1, 12)),
            },
        };
    }

    private static SimulationScenario ScenarioOf(int seed) => seed % 3 == 0
        ? WindowedScenarios.Of(seed / 3)
        : FlightScenarios.Of(seed, Kinds[seed / 3 % Kinds.Length]);
}
