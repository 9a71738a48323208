namespace Weir.Kills.Tests;

/// <summary>A process that writes to servers, and is killed.</summary>
public sealed class ServerKillTests(ITestOutputHelper output) : KillLaws(output)
{
    public static TheoryData<Cell> Cells => Of("postgres", "kafka", "kafka-ahead", "mariadb");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Killed_at_a_point_the_output_is_that_of_an_undisturbed_run(Cell cell) => KillAsync(cell);
}
