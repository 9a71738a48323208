using Npgsql;
using Weir.Guide.Tests.Pages;

namespace Weir.Guide.Tests.Ends;

/// <summary>The page of PostgreSQL. Its rows are what a server says; without one the tests are skipped, visibly.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task Exactly_once_into_a_table()
    {
        var connectionString = ConnectionString();
        await ExecuteAsync(connectionString, """
            DROP TABLE IF EXISTS totals; CREATE TABLE totals (customer text, from_hour timestamptz, amount numeric(12, 2))
            """);
        await PostgresSnippet.RunAsync(new ListSource<Order>(Orders.All), connectionString);
        Shows("postgres", await RowsAsync(
            connectionString,
            """
            SELECT customer, to_char(from_hour AT TIME ZONE 'UTC', 'HH24:MI') AS from_hour, amount FROM totals
            ORDER BY totals.from_hour, customer
            """));
    }

    [Fact]
    public async Task The_newest_value_of_each_key()
    {
        var connectionString = ConnectionString();
        await ExecuteAsync(connectionString, """
            DROP TABLE IF EXISTS last_orders; CREATE TABLE last_orders (customer text PRIMARY KEY, at timestamptz, orders int)
            """);
        await UpsertSnippet.RunAsync(new ListSource<Order>(Orders.All), connectionString);
        Shows("postgres-upsert", await RowsAsync(
            connectionString,
            "SELECT customer, to_char(at AT TIME ZONE 'UTC', 'HH24:MI') AS at, orders FROM last_orders ORDER BY customer"));
    }

    private static void Shows(string name, string rows) => GuidePages.Compare("rows", name, rows);

    private static string ConnectionString()
    {
        var text = Environment.GetEnvironmentVariable("WEIR_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(text), "no PostgreSQL: WEIR_POSTGRES is not set. Run it by tests/with-postgres.sh.");
        return text!;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> RowsAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string[]> rows = [[.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => $"{reader.GetValue(column)}")]);
        }

        var widths = Enumerable.Range(0, reader.FieldCount).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd()));
    }
}
