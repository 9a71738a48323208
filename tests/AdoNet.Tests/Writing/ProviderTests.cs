using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Npgsql;
using Weir.Ado.Tests.Doubles;

namespace Weir.Ado.Tests.Writing;

/// <summary>Whole jobs over three providers that have nothing in common but ADO.NET.</summary>
public sealed class ProviderTests(SqliteDatabase database)
{
    public sealed record Sale(long SaleId, string? Customer, decimal Amount, DateTime At, bool Paid, double Weight);

    [Theory]
    [InlineData("sqlite", "sale_id integer, customer text, amount text, at text, paid integer, weight real")]
    [InlineData("postgres", "sale_id bigint, customer text, amount numeric, at timestamptz, paid boolean, weight double precision")]
    [InlineData("mariadb", "sale_id bigint, customer varchar(20), amount decimal(9,2), at datetime, paid boolean, weight double")]
    public async Task A_job_that_fails_again_and_again_writes_each_record_once(string provider, string columns)
    {
        await using var source = SourceOf(provider);
        await using (var create = source.CreateCommand($"CREATE TABLE sales ({columns})"))
        {
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var failures = 3;
        Sale[] sales = [.. Enumerable.Range(0, 5_000)
            .Select(id => new Sale(id, id % 3 == 0 ? null : $"c{id}", id / 4m, DateTime.UnixEpoch.AddSeconds(id), id % 2 == 0, id / 8.0))];
        var job = new Job($"sales-{provider}");
        job.From(sales)
            .Select(sale => sale.SaleId % 1_000 == 999 && Interlocked.Decrement(ref failures) >= 0
                ? throw new IOException("on its way")
                : sale)
            .Rebalance()
            .To(AdoNet.Write<Sale>(source, "sales"));
        await job.RunAsync(
            new JobOptions
            {
                Guarantee = Guarantee.ExactlyOnce,
                Parallelism = 2,
                CheckpointInterval = TimeSpan.FromMilliseconds(20),
                RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.Zero),
            },
            TestContext.Current.CancellationToken);
        Assert.True(failures < 0, "nothing failed");
        await using var query = source.CreateCommand(
            "SELECT count(*), count(DISTINCT sale_id), max(sale_id), count(customer), sum(weight) FROM sales");
        await using var reader = await query.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            [5_000, 5_000, 4_999, sales.Count(sale => sale.Customer is not null), sales.Sum(sale => sale.Weight)],
            Enumerable.Range(0, 5).Select(column => Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture)));
    }

    private DbDataSource SourceOf(string provider) => provider switch
    {
        "sqlite" => Microsoft.Data.Sqlite.SqliteFactory.Instance.CreateDataSource(database.ConnectionString),
        "postgres" => NpgsqlDataSource.Create(Setting("WEIR_POSTGRES", "tests/with-postgres.sh")),
        _ => new MySqlDataSource(Setting("WEIR_MARIADB", "tests/with-mariadb.sh")),
    };

    private static string Setting(string name, string script)
    {
        var text = Environment.GetEnvironmentVariable(name);
        Assert.SkipWhen(string.IsNullOrEmpty(text), $"no server: {name} is not set. Run it by {script}.");
        return text!;
    }
}
