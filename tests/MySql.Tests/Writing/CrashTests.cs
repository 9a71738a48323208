using System.Globalization;
using Weir.Databases.Tests;
using Weir.MySqlServers.Tests.Doubles;

namespace Weir.MySqlServers.Tests.Writing;

/// <summary>A process that writes to MariaDB and is killed.</summary>
public sealed class CrashTests(Database database, ITestOutputHelper output) : DrainCrashLaws(output)
{
    protected override string Kind => "mysql";

    protected override string ConnectionString => database.ConnectionString;

    protected override Task<string> TableAsync() =>
        database.TableAsync("id bigint NOT NULL, name varchar(100) NOT NULL, amount decimal(12,2) NOT NULL, at datetime NOT NULL");

    protected override async Task AssertWholeAsync(string table, int rows)
    {
        var actual = await database.ScalarAsync<string>($"""
            SELECT concat(count(*), ' rows, ', count(DISTINCT id), ' ids to ', max(id), ', ', sum(name = concat('name ', id)
                AND amount = id / 4 AND at = '1970-01-01' + INTERVAL id SECOND), ' as they were written')
            FROM {table}
            """);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {rows} ids to {rows - 1}, {rows} as they were written"), actual);
        Assert.DoesNotContain(await database.PreparedAsync("victim"), name => name.Operator == $"rows-{table}");
    }
}
