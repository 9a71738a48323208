using System.Globalization;
using Weir.Databases.Tests;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Reading;

/// <summary>A process that copies a table into another and is killed.</summary>
public sealed class CrashTests(Database database, ITestOutputHelper output) : CrashLaws(output)
{
    protected override string Kind => "postgres-copy";

    protected override string ConnectionString => database.ConnectionString;

    protected override async Task<string> TableAsync()
    {
        var table = await database.TableAsync("id bigint NOT NULL, name text NOT NULL, amount numeric NOT NULL, at timestamptz NOT NULL");
        await database.ExecuteAsync(
            $"CREATE TABLE {table}_source (id bigint PRIMARY KEY); INSERT INTO {table}_source SELECT generate_series(0, 39999)");
        return table;
    }

    protected override async Task AssertWholeAsync(string table, int rows) => Assert.Equal(
        string.Create(CultureInfo.InvariantCulture, $"{rows}/{rows}/{rows - 1}"),
        await database.ScalarAsync<string>($"SELECT count(*) || '/' || count(DISTINCT id) || '/' || max(id) FROM {table}"));
}
