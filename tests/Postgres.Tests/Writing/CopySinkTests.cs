using Npgsql;
using Weir.Databases.Tests;
using Weir.Databases.Tests.Doubles;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>Two-phase commit with PostgreSQL: beside the laws, what is its own.</summary>
public sealed class CopySinkTests(Database database) : PreparedLaws
{
    [Fact]
    public async Task I4_a_commit_that_fails_at_recovery_fails_the_recovery_by_name_and_the_next_one_makes_it_good()
    {
        var (table, job) = await NewAsync();
        var owner = $"owner_{table}";
        await database.ExecuteAsync($"CREATE ROLE {owner} LOGIN PASSWORD 'p'; GRANT INSERT ON {table} TO {owner}");
        var theirs = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = owner, Password = "p" }.ConnectionString;
        var stranger = $"stranger_{table}";
        await database.ExecuteAsync($"CREATE ROLE {stranger} LOGIN PASSWORD 'p'; GRANT INSERT ON {table} TO {stranger}");
        var other = new NpgsqlConnectionStringBuilder(theirs) { Username = stranger }.ConnectionString;

        await using var first = await new SinkProcess(Postgres.Write<Row>(theirs, table, RowTable.Columns), job).StartAsync();
        first.Write(42);
        var snapshot = first.Snapshot(1);
        await using var second = new SinkProcess(Postgres.Write<Row>(other, table, RowTable.Columns), job, attempt: 2);
        var failure = await Assert.ThrowsAsync<OperatorException>(() => second.StartAsync(snapshot));
        Assert.IsType<SinkException>(failure.InnerException);
        Assert.Contains("recovering transactions of table", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"The transaction 'weir/{job}/To-1/run-0000000000000000/attempt-1/subtask-0/chk-1' of chk-1 of attempt 1",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("Only the role that prepared it, or a superuser, may commit it", failure.Message, StringComparison.Ordinal);

        await using var third = await new SinkProcess(Postgres.Write<Row>(theirs, table, RowTable.Columns), job, attempt: 3)
            .StartAsync(snapshot);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task What_no_checkpoint_knows_of_is_rolled_back_at_recovery_and_of_others_nothing()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        await using var otherJob = await StartAsync(table, $"{job}x");
        await using var otherRun = await new SinkProcess(Sink(table), job, attempt: 1, run: new RunId(7)).StartAsync();
        await using var newer = await new SinkProcess(Sink(table), job, attempt: 9).StartAsync();
        foreach (var sink in new[] { first, otherJob, otherRun, newer })
        {
            sink.Write(42);
            sink.Snapshot(1);
        }

        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync();
        Assert.Equal(
            [
                $"weir/{job}/To-1/run-0000000000000000/attempt-9/subtask-0/chk-1",
                $"weir/{job}/To-1/run-0000000000000007/attempt-1/subtask-0/chk-1",
            ],
            await database.PreparedAsync(job));
        Assert.Single(await database.PreparedAsync($"{job}x"));
        Assert.Contains(
            $"If no such run is alive or will be continued, roll it back: "
                + $"ROLLBACK PREPARED 'weir/{job}/To-1/run-0000000000000007/attempt-1/subtask-0/chk-1';",
            Assert.Single(second.Warnings),
            StringComparison.Ordinal);
        await RollBackAsync(job);
        await RollBackAsync($"{job}x");
    }

    [Fact]
    public async Task A_job_that_begins_with_a_savepoint_in_another_database_leaves_its_transactions_to_the_job_that_goes_on()
    {
        var (table, job) = await NewAsync();
        var other = $"other_{table}";
        await database.ExecuteAsync($"DROP DATABASE IF EXISTS {other}");
        await database.ExecuteAsync($"CREATE DATABASE {other}");
        var there = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = other, Pooling = false }.ConnectionString;
        await using (var connection = new NpgsqlConnection(there))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE TABLE {table} ({RowTable.Definition})", connection);
            await create.ExecuteNonQueryAsync();
        }

        await using var goesOn = await StartAsync(table, job);
        goesOn.Write(42);
        var savepoint = goesOn.Snapshot(1);
        await using (var branch = await new SinkProcess(
            Postgres.Write<Row>(there, table, RowTable.Columns), job, attempt: 2, run: new RunId(7), beginsWithSavepoint: true)
            .StartAsync(savepoint))
        {
            Assert.Contains("is left there to the job that prepared it", branch.Warnings[0], StringComparison.Ordinal);
        }

        Assert.Single(await database.PreparedAsync(job));
        goesOn.Complete(1);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task A_job_that_begins_with_a_savepoint_in_the_same_database_commits_its_transactions()
    {
        var (table, job) = await NewAsync();
        await using var died = await StartAsync(table, job);
        died.Write(42);
        var savepoint = died.Snapshot(1);
        await using var next = await new SinkProcess(Sink(table), job, attempt: 2, run: new RunId(7), beginsWithSavepoint: true)
            .StartAsync(savepoint);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task Many_rows_are_sent_in_pieces_and_appear_at_once()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(Enumerable.Range(0, 20_000).Select(id => (long)id));
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'weir/%'"
            + $" AND xact_start IS NOT NULL AND query LIKE '%{table} %'"));
        sink.Snapshot(1);
        Assert.Empty(await IdsAsync(table));
        sink.Complete(1);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(id => (long)id), await IdsAsync(table));
        Assert.Equal(
            "(7,,1.75,\"1970-01-01 00:00:07+00\")",
            await database.ScalarAsync<string>($"SELECT t::text FROM {table} t WHERE id = 7"));
    }

    protected override ITransactionalSink<Row> Sink(string table, bool acceptsLost = false) => Postgres.Write<Row>(
        database.ConnectionString, table, RowTable.Columns, new PostgresSinkOptions { AcceptsLostTransactions = acceptsLost });

    protected override Task<string> TableAsync() => database.TableAsync(RowTable.Definition);

    protected override Task<IReadOnlyList<long>> IdsAsync(string table) =>
        database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id");

    protected override async Task<int?> PreparedAsync(string job) => (await database.PreparedAsync(job)).Count;

    protected override async Task RollBackAsync(string job)
    {
        foreach (var name in await database.PreparedAsync(job))
        {
            await database.ExecuteAsync($"ROLLBACK PREPARED '{name}'");
        }
    }
}
