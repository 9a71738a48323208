using MySqlConnector;
using Weir.Databases.Tests;
using Weir.Databases.Tests.Doubles;
using Weir.MySqlServers.Tests.Doubles;

namespace Weir.MySqlServers.Tests.Writing;

/// <summary>Two-phase commit with MariaDB: beside the laws, what is its own.</summary>
public sealed class XaSinkTests(Database database) : PreparedLaws
{
    [Fact]
    public async Task I4_a_commit_that_fails_at_recovery_fails_the_recovery_by_name_and_the_next_one_makes_it_good()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(42);
        var snapshot = first.Snapshot(1);
        var locked = new MySqlConnectionStringBuilder(database.ConnectionString) { Password = "another" }.ConnectionString;
        await using var second = new SinkProcess(MySql.Write<Row>(locked, table, RowTable.Columns), job, attempt: 2);
        var failure = await Assert.ThrowsAsync<OperatorException>(() => second.StartAsync(snapshot));
        Assert.Contains("recovering transactions of table", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Access denied", failure.Message, StringComparison.Ordinal);

        await using var third = await new SinkProcess(Sink(table), job, attempt: 3).StartAsync(snapshot);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task What_no_checkpoint_knows_of_is_rolled_back_at_recovery_and_of_others_nothing()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        await using var otherJob = await StartAsync(table, $"{job}x");
        await using var otherRun = await new SinkProcess(Sink(table), job, attempt: 1, run: new RunId(7)).StartAsync();
        foreach (var sink in new[] { first, otherJob, otherRun })
        {
            sink.Write(42);
            sink.Snapshot(1);
        }

        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync();
        Assert.Equal($"weir/{job}/To-1/0000000000000007/att-1/sub-0/tx-1", Assert.Single(await database.PreparedAsync(job)).ToString());
        Assert.Single(await database.PreparedAsync($"{job}x"));
        Assert.EndsWith(
            $"roll it back: XA ROLLBACK 'weir/{job}/To-1/0000000000000007','att-1/sub-0/tx-1',1464158546;",
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
        await database.ExecuteAsync(
            $"DROP DATABASE IF EXISTS {other}; CREATE DATABASE {other}; CREATE TABLE {other}.{table} ({RowTable.Definition})");
        var there = new MySqlConnectionStringBuilder(database.ConnectionString) { Database = other }.ConnectionString;
        await using var goesOn = await StartAsync(table, job);
        goesOn.Write(42);
        var savepoint = goesOn.Snapshot(1);
        await using (var branch = await new SinkProcess(
            MySql.Write<Row>(there, table, RowTable.Columns), job, attempt: 2, run: new RunId(7), beginsWithSavepoint: true)
            .StartAsync(savepoint))
        {
            Assert.Contains(
                branch.Warnings, warning => warning.Contains("is left there to the job that prepared it", StringComparison.Ordinal));
        }

        Assert.Equal(1, await PreparedAsync(job));
        goesOn.Complete(1);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task A_process_that_was_believed_dead_writes_nothing_after_the_next_attempt_has_begun()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(Enumerable.Range(0, 5_000).Select(id => (long)id));
        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync();
        Assert.Throws<OperatorException>(() => first.Snapshot(1));
        await using var third = new SinkProcess(Sink(table), job, attempt: 1);
        second.Write(1);
        second.Snapshot(1);
        second.Complete(1);
        Assert.Equal([1], await IdsAsync(table));
        Assert.Equal(0, await PreparedAsync(job));
    }

    [Fact]
    public async Task An_attempt_that_has_been_given_up_cannot_begin_another_transaction()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync();
        first.Write(42);
        var failure = Assert.Throws<OperatorException>(() => first.Snapshot(1));
        Assert.Contains("A later attempt of the job writes to table", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_are_remembered_by_one_row_a_subtask_and_attempt()
    {
        var (table, job) = await NewAsync();
        await using (var first = await StartAsync(table, job))
        {
            for (var checkpoint = 1; checkpoint <= 5; checkpoint++)
            {
                first.Write(checkpoint);
                first.Snapshot(checkpoint);
                first.Complete(checkpoint);
            }
        }

        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync();
        Assert.Equal(
            ["1/0/5", "2/0/0"],
            await database.ListAsync<string>(
                $"SELECT concat(attempt, '/', subtask, '/', number) FROM weir_commits WHERE sink LIKE 'weir/{job}/%' ORDER BY attempt, "
                    + "number"));
    }

    [Fact]
    public async Task Many_rows_are_sent_in_pieces_and_appear_at_once()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(Enumerable.Range(0, 20_000).Select(id => (long)id));
        sink.Snapshot(1);
        Assert.Empty(await IdsAsync(table));
        sink.Complete(1);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(id => (long)id), await IdsAsync(table));
        Assert.Equal(
            "name 9999,2499.75,1970-01-01 02:46:39.000000",
            await database.ScalarAsync<string>($"SELECT concat_ws(',', name, amount, at) FROM {table} WHERE id = 9999"));
    }

    protected override ITransactionalSink<Row> Sink(string table, bool acceptsLost = false) => MySql.Write<Row>(
        database.ConnectionString, table, RowTable.Columns, new MySqlSinkOptions { AcceptsLostTransactions = acceptsLost });

    protected override Task<string> TableAsync() => database.TableAsync(RowTable.Definition);

    protected override Task<IReadOnlyList<long>> IdsAsync(string table) =>
        database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id");

    protected override async Task<int?> PreparedAsync(string job) => (await database.PreparedAsync(job)).Count;

    protected override async Task RollBackAsync(string job)
    {
        foreach (var name in await database.PreparedAsync(job))
        {
            await database.ExecuteAsync($"XA ROLLBACK {name.Sql}");
        }
    }
}
