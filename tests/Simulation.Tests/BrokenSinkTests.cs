using Weir.Simulation.Tests.Broken;
using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests;

/// <summary>A check that cannot fail is worth nothing: what is broken on purpose must be found.</summary>
public class BrokenSinkTests
{
    private const int Seeds = 100;

    [Theory]
    [InlineData(Breakage.CommitsAtPreCommit)]
    [InlineData(Breakage.ForgetsPending)]
    [InlineData(Breakage.DoesNotCleanUp)]
    [InlineData(Breakage.AbortsUnheardOf)]
    public void A_broken_sink_is_found(Breakage breakage) => Assert.Contains(
        Enumerable.Range(1, Seeds),
        seed => Testing.Simulation.Run(FlightScenarios.With(seed, sink => new BrokenSink<DailyDelay>(sink, breakage)), seed)
            .Failure is not null);

    [Fact]
    public void A_sink_that_does_not_wait_for_the_disk_is_found() => Assert.Contains(
        Enumerable.Range(1, Seeds),
        seed => Testing.Simulation.Run(FlightScenarios.With(seed, sink => sink, new FileSinkOptions { IsDurable = false }), seed)
            .Failure is not null);
}
