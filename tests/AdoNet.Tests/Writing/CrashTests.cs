using System.Globalization;
using Weir.Ado.Tests.Doubles;
using Weir.Databases.Tests;

namespace Weir.Ado.Tests.Writing;

/// <summary>A process that writes to SQLite and is killed.</summary>
public sealed class CrashTests(SqliteDatabase database, ITestOutputHelper output) : CrashLaws(output)
{
    protected override string Kind => "sqlite";

    protected override string ConnectionString => database.ConnectionString;

    protected override Task<string> TableAsync() =>
        database.TableAsync("id integer NOT NULL, name text NOT NULL, amount real NOT NULL, at text NOT NULL");

    protected override async Task AssertWholeAsync(string table, int rows)
    {
        var actual = Assert.Single(await database.ListAsync<string>($"""
            SELECT count(*) || ' rows, ' || count(DISTINCT id) || ' ids to ' || max(id) || ', ' || sum(name = 'name ' || id
                AND amount = id / 4.0 AND at = datetime(id, 'unixepoch')) || ' as they were written'
            FROM {table}
            """));
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {rows} ids to {rows - 1}, {rows} as they were written"), actual);
    }
}
