namespace Weir.Kills.Tests;

/// <summary>A process that writes to files, of JSON lines and of SQLite, and is killed.</summary>
public sealed class FileKillTests(ITestOutputHelper output) : KillLaws(output)
{
    public static TheoryData<Cell> Cells => Of("files", "sqlite");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Killed_at_a_point_the_output_is_that_of_an_undisturbed_run(Cell cell) => KillAsync(cell);
}
