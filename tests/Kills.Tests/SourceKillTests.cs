using System.Globalization;
using Npgsql;
using Weir.Kills.Tests.Targets;
using Weir.Victim;

namespace Weir.Kills.Tests;

/// <summary>A process that reads from a table of PostgreSQL and is killed.</summary>
public sealed class SourceKillTests(ITestOutputHelper output) : KillLaws(output)
{
    private const int Rows = 4_000;

    [Theory]
    [InlineData(Failpoint.AfterManifest)]
    [InlineData(Cell.AnyMoment)]
    public async Task Killed_a_process_reads_each_row_of_a_table_once(string point)
    {
        var connection = TargetOf.Postgres();
        var table = string.Create(CultureInfo.InvariantCulture, $"source{Environment.ProcessId}_{point.Replace('-', '_')}");
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            $"CREATE TABLE {table} (id bigint PRIMARY KEY); INSERT INTO {table} SELECT generate_series(0, {Rows - 1})");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await KillAsync(new Cell(point, "file", "unaligned", "files", Round: 0), splits: 1, Rows, $"{table};{connection}");
    }
}
