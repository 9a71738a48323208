using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests;

public class ChoicesSimulationTests
{
    [Fact]
    public void Streams_that_are_split_and_sent_and_inputs_that_wait_survive_what_may_happen()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var result = Testing.Simulation.Run(FlightScenarios.Of(seed, FlightKind.Choices), seed);

            Assert.True(result.Failure is null, $"seed {seed}: {result}");
            Assert.All(result.Outputs, Assert.NotEmpty);
        }
    }
}
