using Npgsql;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>Whole jobs that write to a table.</summary>
public sealed class CopySinkJobTests(Database database)
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_job_writes_each_record_once_and_leaves_nothing_prepared(int parallelism)
    {
        var table = await database.TableAsync(RowTable.Definition);
        var job = new Job($"whole_{table}");
        long[] ids = [.. Enumerable.Range(0, 50_000).Select(id => (long)id)];
        job.From(ids).Rebalance().To(Postgres.Write<long>(database.Source, table, Columns));
        await job.RunAsync(
            new JobOptions
            {
                Parallelism = parallelism,
                Guarantee = Guarantee.ExactlyOnce,
                CheckpointInterval = TimeSpan.FromMilliseconds(20),
                RestartStrategy = RestartStrategy.None,
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            "50000/50000/49999",
            await database.ScalarAsync<string>($"SELECT count(*) || '/' || count(DISTINCT id) || '/' || max(id) FROM {table}"));
        Assert.Empty(await database.PreparedAsync($"whole_{table}"));
    }

    [Fact]
    public async Task A_job_that_fails_again_and_again_writes_each_record_once()
    {
        var table = await database.TableAsync(RowTable.Definition);
        var job = new Job($"failing_{table}");
        var failures = 4;
        long[] ids = [.. Enumerable.Range(0, 50_000).Select(id => (long)id)];
        job.From(ids)
            .Select(id => id % 10_000 == 9_999 && Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("on its way") : id)
            .Rebalance()
            .To(Postgres.Write<long>(database.ConnectionString, table, Columns));
        await job.RunAsync(
            new JobOptions
            {
                Parallelism = 2,
                CheckpointInterval = TimeSpan.FromMilliseconds(10),
                RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.Zero),
            },
            TestContext.Current.CancellationToken);
        Assert.True(failures < 0, "nothing failed");
        Assert.Equal(
            "50000/50000",
            await database.ScalarAsync<string>($"SELECT count(*) || '/' || count(DISTINCT id) FROM {table}"));
        Assert.Empty(await database.PreparedAsync($"failing_{table}"));
    }

    [Fact]
    public async Task Two_runs_of_a_sink_that_was_made_by_a_connection_string_each_have_connections()
    {
        var table = await database.TableAsync(RowTable.Definition);
        var sink = Postgres.Write<long>(database.ConnectionString, table, Columns);
        for (var run = 0; run < 2; run++)
        {
            var job = new Job($"twice_{table}");
            job.From([run]).Select(id => (long)id).To(sink);
            await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        }

        Assert.Equal([0L, 1L], await database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id"));
    }

    [Fact]
    public async Task A_table_that_is_missing_fails_the_job_before_it_reads()
    {
        var job = new Job("missing");
        var read = 0;
        job.From([1L])
            .Select(id => id + Interlocked.Increment(ref read))
            .To(Postgres.Write<long>(database.ConnectionString, "no_such", Columns));
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.StartsWith("Job 'missing' failed: There is no table no_such at 127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, read);
    }

    [Fact]
    public async Task Rows_that_wait_for_a_lock_of_the_transaction_before_are_written_when_that_is_committed()
    {
        var table = await database.TableAsync(RowTable.Definition);
        await database.ExecuteAsync(
            $"""
            CREATE TABLE {table}_count AS SELECT 0 AS rows;
            CREATE FUNCTION {table}_counts() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN UPDATE {table}_count SET rows = rows + 1; RETURN NEW; END $$;
            CREATE TRIGGER counts AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_counts();
            """);
        var job = new Job($"locks_{table}");
        job.From(Enumerable.Range(0, 20_000).Select(id => (long)id)).To(Postgres.Write<long>(database.Source, table, Columns));
        await job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(20),
                CallTimeout = TimeSpan.FromSeconds(20),
                RestartStrategy = RestartStrategy.None,
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            "20000/20000", await database.ScalarAsync<string>($"SELECT count(*) || '/' || (SELECT rows FROM {table}_count) FROM {table}"));
    }

    [Theory]
    [InlineData("Username", "nobody_of_that_name", "28P01")]
    [InlineData("Database", "no_such_database", "3D000")]
    public async Task A_server_that_does_not_let_the_job_in_fails_it_for_good(string key, string value, string state)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { [key] = value };
        var job = new Job("stranger");
        job.From([1L]).To(Postgres.Write<long>(connection.ConnectionString, "any", Columns));
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.Contains("refuses the connection: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"(SQLSTATE {state}). Look at the user, the password", failure.Message, StringComparison.Ordinal);
    }

    private static void Columns(PostgresColumns<long> columns) => columns
        .Column("id", id => id)
        .Column("amount", id => id / 4m)
        .Column("at", id => DateTime.UnixEpoch.AddSeconds(id));
}
