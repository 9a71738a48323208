using System.Collections.Concurrent;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Reading;

/// <summary>A table as a source: by pages, from any place, and without a hole.</summary>
public sealed class CursorSourceTests(Database database)
{
    private const string Table = "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text";

    [Fact]
    public async Task A_table_is_read_in_the_order_of_its_cursor_page_by_page()
    {
        var table = await database.TableAsync(Table);
        await database.ExecuteAsync($"INSERT INTO {table} (name) SELECT 'n' || g FROM generate_series(1, 1000) g");
        await database.ExecuteAsync($"DELETE FROM {table} WHERE id % 7 = 0");
        var read = await ReadAsync(table, new PostgresReadOptions { EndsWhenRead = true, PageRows = 64, After = 10, Where = "id % 2 = 0" });
        Assert.Equal(
            Enumerable.Range(11, 990).Where(id => id % 7 != 0 && id % 2 == 0).Select(id => $"{id} n{id}"), read);
        Assert.Empty(await ReadAsync(table, new PostgresReadOptions { EndsWhenRead = true, After = 1000 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_is_committed_late_below_others_is_not_missed_and_comes_in_order(bool isOfHeir)
    {
        var table = await database.TableAsync(Table);
        var values = $"{table} (name) VALUES ('late')";
        if (isOfHeir)
        {
            await database.ExecuteAsync($"CREATE TABLE {table}_heir (UNIQUE (id)) INHERITS ({table})");
            values = $"{table}_heir (id, name) VALUES (nextval(pg_get_serial_sequence('{table}', 'id')), 'late')";
        }

        await using var late = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await late.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var insert = new Npgsql.NpgsqlCommand($"INSERT INTO {values}", late))
        {
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await database.ExecuteAsync($"INSERT INTO {table} (name) VALUES ('early')");
        var read = ReadAsync(table, new PostgresReadOptions { EndsWhenRead = true, PollInterval = TimeSpan.FromMilliseconds(5) });
        while (await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%virtualtransaction%' AND pid <> pg_backend_pid()") == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.False(read.IsCompleted);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["1 late", "2 early"], await read);
    }

    [Fact]
    public async Task Rows_that_many_sessions_add_while_the_job_reads_and_fails_are_copied_once_each()
    {
        var from = await database.TableAsync(Table);
        var to = await database.TableAsync("id bigint, name text");
        const int Writers = 4;
        const int Each = 250;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            for (var i = 0; i < Each; i++)
            {
                await using var command = new Npgsql.NpgsqlCommand(
                    $"BEGIN; INSERT INTO {from} (name) VALUES ('w{writer}'); SELECT pg_sleep(random() * 0.004); COMMIT", connection);
                await command.ExecuteNonQueryAsync();
            }
        }));
        var failures = 3;
        var seen = 0;
        var job = new Job($"copy_{to}");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        job.From(Postgres.Read(
                database.Source, from, "id", row => (Id: row.GetInt64(0), Name: row.GetString(1)),
                new PostgresReadOptions { PollInterval = TimeSpan.FromMilliseconds(5), PageRows = 50 }))
            .Select(row => Interlocked.Increment(ref seen) % 300 == 0 && Interlocked.Decrement(ref failures) >= 0
                ? throw new IOException("on its way")
                : row)
            .To(Postgres.Write<(long Id, string Name)>(
                database.Source, to, columns => columns.Column("id", row => row.Id).Column("name", row => row.Name)));
        var run = job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(20),
                RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.Zero),
                Guarantee = Guarantee.ExactlyOnce,
            },
            done.Token);
        await writing;
        while (await database.ScalarAsync<long>($"SELECT count(*) FROM {to}") < Writers * Each && !run.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(failures < 3, "nothing failed");
        Assert.Equal(
            $"{Writers * Each}/{Writers * Each}",
            await database.ScalarAsync<string>($"SELECT count(*) || '/' || count(DISTINCT id) FROM {to}"));
    }

    [Theory]
    [InlineData("name text", "has no column 'id' to read it by. It has name.")]
    [InlineData("id text PRIMARY KEY", "is read by a whole number that only grows")]
    [InlineData("id bigint", "is not unique: of two rows with the same number one could be missed")]
    public async Task A_table_that_cannot_be_read_so_is_refused(string columns, string expected)
    {
        var table = await database.TableAsync(columns);
        var failure = await Assert.ThrowsAsync<JobException>(() => ReadAsync(table, new PostgresReadOptions()));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named_by_its_cursor()
    {
        var table = await database.TableAsync(Table);
        await database.ExecuteAsync($"INSERT INTO {table} (name) VALUES ('a'), (NULL)");
        var failure = await Assert.ThrowsAsync<JobException>(() => ReadAsync(table, new PostgresReadOptions { EndsWhenRead = true }));
        Assert.Contains("with id = 2 cannot be read", failure.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string table, PostgresReadOptions options)
    {
        var read = new ConcurrentQueue<string>();
        var job = new Job($"read_{table}");
        job.From(Postgres.Read(database.Source, table, "id", row => $"{row.GetInt64(0)} {row.GetString(1)}", options)).To(read.Enqueue);
        await job.RunAsync(
            new JobOptions { RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
        return [.. read];
    }
}
