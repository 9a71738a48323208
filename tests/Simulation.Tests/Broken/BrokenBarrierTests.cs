using Weir.Simulation.Tests.Barriers;
using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests.Broken;

/// <summary>What unaligned checkpoints could do wrong is found within a minute, by the scenarios that they pass.</summary>
public sealed class BrokenBarrierTests
{
    private const int Seeds = 400;

    [Theory]
    [InlineData(BarrierBreakage.DropsInFlight)]
    [InlineData(BarrierBreakage.ReplaysTwice)]
    [InlineData(BarrierBreakage.ReplaysBackwards)]
    [InlineData(BarrierBreakage.MixesChannelsUp)]
    [InlineData(BarrierBreakage.ForgetsWhatSendersKept)]
    public void A_mistake_with_what_is_in_flight_is_found(BarrierBreakage breakage) => Assert.Contains(
        Enumerable.Range(1, Seeds),
        seed => Testing.Simulation.Run(
            BarrierScenarios.Of(seed) with { Breaks = subtask => new BrokenReplay(subtask, breakage) }, seed).Failure is not null);

    [Fact]
    public void A_blocked_channel_that_is_forgotten_is_found() => Assert.Contains(
        Enumerable.Range(1, Seeds),
        seed =>
        {
            var scenario = FlightScenarios.Of(seed, FlightKind.Branches);
            var options = scenario.Options with { CheckpointMode = CheckpointMode.AtLeastOnce };
            return Testing.Simulation.Run(scenario with { Options = options }, seed).Failure is not null;
        });
}
