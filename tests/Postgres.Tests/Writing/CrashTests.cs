using System.Globalization;
using Weir.Databases.Tests;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>A process that writes to PostgreSQL and is killed.</summary>
public sealed class CrashTests(Database database, ITestOutputHelper output) : DrainCrashLaws(output)
{
    private const string Digest =
        "count(*) || ' rows, ' || count(DISTINCT id) || ' ids, ' || "
        + "md5(string_agg(concat_ws(',', id, name, trim_scale(amount), at), ';' ORDER BY id))";

    protected override string Kind => "postgres";

    protected override string ConnectionString => database.ConnectionString;

    protected override Task<string> TableAsync() =>
        database.TableAsync("id bigint NOT NULL, name text NOT NULL, amount numeric NOT NULL, at timestamptz NOT NULL");

    protected override async Task AssertWholeAsync(string table, int rows)
    {
        var undisturbed =
            $"SELECT id, 'name ' || id AS name, id / 4.0 AS amount, to_timestamp(id) AS at FROM generate_series(0, {rows - 1}) id";
        var expected = await database.ScalarAsync<string>($"SELECT {Digest} FROM ({undisturbed}) t");
        var actual = await database.ScalarAsync<string>($"SELECT {Digest} FROM {table} t");
        Assert.Equal(expected, actual);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {rows} ids"), actual, StringComparison.Ordinal);
        Assert.Empty(await database.ListAsync<string>(
            $"SELECT gid FROM pg_prepared_xacts WHERE starts_with(gid, 'weir/victim/rows-{table}/')"));
    }
}
