using Npgsql;
using Weir.PostgreSql.Tests.Doubles;
using Weir.Runtime;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>Two-phase commit of section I with a real server. Checkpoints are numbered from 1 here, from 0 in the rules.</summary>
public sealed class CopySinkTests(Database database)
{
    [Fact]
    public async Task I1_completion_commits_what_was_cut_before_it()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        sink.Snapshot(1);
        sink.Write(43);
        sink.Snapshot(2);
        sink.Write(44);
        sink.Snapshot(3);
        sink.Complete(2);
        Assert.Equal([42, 43], await IdsAsync(table));
        Assert.Equal([$"weir/{job}/To-1/run-0000000000000000/attempt-1/subtask-0/chk-3"], await database.PreparedAsync(job));
        await RollBackAsync(job);
    }

    [Fact]
    public async Task I2_notifications_may_be_missed_and_come_out_of_order()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        sink.Snapshot(1);
        sink.Write(43);
        sink.Snapshot(2);
        sink.Write(44);
        sink.Snapshot(3);
        sink.Complete(3);
        sink.Complete(2);
        sink.Complete(3);
        Assert.Equal([42, 43, 44], await IdsAsync(table));
        Assert.Empty(await database.PreparedAsync(job));
    }

    [Fact]
    public async Task I3_a_crash_before_the_notification_loses_and_doubles_nothing()
    {
        var (table, job) = await NewAsync();
        var first = await StartAsync(table, job);
        first.Write(42);
        first.Snapshot(1);
        first.Write(43);
        var snapshot = first.Snapshot(2);
        first.Write(Many(44));

        // The first process hangs: its session is there until the next attempt ends it.
        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(snapshot);
        Assert.Equal([42, 43], await IdsAsync(table));
        Assert.Empty(await database.PreparedAsync(job));
        await first.DisposeAsync();
        Assert.Equal([42, 43], await IdsAsync(table));
    }

    [Fact]
    public async Task I4_a_commit_that_fails_at_recovery_fails_the_recovery_by_name_and_the_next_one_makes_it_good()
    {
        var (table, job) = await NewAsync();
        var owner = $"owner_{job}";
        await database.ExecuteAsync($"CREATE ROLE {owner} LOGIN PASSWORD 'p'; GRANT INSERT ON {table} TO {owner}");
        var theirs = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = owner, Password = "p" }.ConnectionString;
        var stranger = $"stranger_{job}";
        await database.ExecuteAsync($"CREATE ROLE {stranger} LOGIN PASSWORD 'p'; GRANT INSERT ON {table} TO {stranger}");
        var other = new NpgsqlConnectionStringBuilder(theirs) { Username = stranger }.ConnectionString;

        await using var first = await new SinkProcess(Postgres.Write<Row>(theirs, table, Row.Columns), job).StartAsync();
        first.Write(42);
        var snapshot = first.Snapshot(1);
        await using var second = new SinkProcess(Postgres.Write<Row>(other, table, Row.Columns), job, attempt: 2);
        var failure = await Assert.ThrowsAsync<OperatorException>(() => second.StartAsync(snapshot));
        Assert.IsType<SinkException>(failure.InnerException);
        Assert.Contains("recovering transactions of table", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"The transaction 'weir/{job}/To-1/run-0000000000000000/attempt-1/subtask-0/chk-1' of chk-1 of attempt 1",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("Only the role that prepared it, or a superuser, may commit it", failure.Message, StringComparison.Ordinal);

        await using var third = await new SinkProcess(Postgres.Write<Row>(theirs, table, Row.Columns), job, attempt: 3)
            .StartAsync(snapshot);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task I6_after_the_final_barrier_no_transaction_is_begun_and_records_are_an_error()
    {
        var (table, job) = await NewAsync();
        var first = await StartAsync(table, job);
        first.Write(42);
        first.Snapshot(1);
        first.Write(43);
        first.Snapshot(2, isFinal: true);
        var last = first.Snapshot(3, isFinal: true);
        Assert.Throws<InvariantException>(() => first.Write(44));
        first.Complete(2);
        Assert.Equal([42, 43], await IdsAsync(table));
        await first.DisposeAsync();
        await using var second = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(last);
        Assert.Equal([42, 43], await IdsAsync(table));
    }

    [Fact]
    public async Task I7_recovery_commits_what_waited_and_again_changes_nothing()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(42);
        first.Snapshot(1);
        first.Write(43);
        first.Snapshot(2);
        first.Write(44);
        var snapshot = first.Snapshot(3);
        first.Write(Many(45));
        for (var attempt = 2; attempt <= 4; attempt++)
        {
            // The usual crash is after the commit and before anybody wrote it down.
            await using var next = await new SinkProcess(Sink(table), job, attempt).StartAsync(snapshot);
            Assert.Equal([42, 43, 44], await IdsAsync(table));
            Assert.Empty(await database.PreparedAsync(job));
        }
    }

    [Fact]
    public async Task I10_transactions_of_several_old_subtasks_are_committed_by_the_new_one()
    {
        var (table, job) = await NewAsync();
        await using var zero = await StartAsync(table, job);
        await using var one = await new SinkProcess(Sink(table), job, subtask: 1).StartAsync();
        await using var two = await new SinkProcess(Sink(table), job, subtask: 2).StartAsync();
        zero.Write(1, 2);
        one.Write(11, 12);
        two.Write(21);
        var states = new[] { zero.Snapshot(1), one.Snapshot(1), two.Snapshot(1) };
        Assert.Equal(3, (await database.PreparedAsync(job)).Count);
        await using var next = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(states);
        Assert.Equal([1, 2, 11, 12, 21], await IdsAsync(table));
        Assert.Empty(await database.PreparedAsync(job));
    }

    [Fact]
    public async Task I12_nothing_is_committed_before_the_final_checkpoint_completes_and_nothing_after()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        sink.Snapshot(1, isFinal: true);
        Assert.Empty(await IdsAsync(table));
        sink.Complete(1);
        sink.Complete(1);
        Assert.Equal([42], await IdsAsync(table));
        Assert.Empty(await database.PreparedAsync(job));
    }

    [Fact]
    public async Task A_declined_checkpoint_aborts_nothing_and_its_rows_come_with_the_next()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        sink.Snapshot(1);
        sink.Write(43);
        sink.Snapshot(2);
        sink.Complete(2);
        Assert.Equal([42, 43], await IdsAsync(table));
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
    public async Task A_transaction_that_somebody_rolled_back_is_a_loss_that_is_told_of()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(42, 43);
        var snapshot = first.Snapshot(1);
        await RollBackAsync(job);

        await using var second = new SinkProcess(Sink(table), job, attempt: 2);
        var failure = await Assert.ThrowsAsync<OperatorException>(() => second.StartAsync(snapshot));
        Assert.IsAssignableFrom<IPermanentFailure>(failure.InnerException);
        Assert.Contains("was rolled back by somebody, though chk-1 of attempt 1 counts on it", failure.Message, StringComparison.Ordinal);
        Assert.Contains("its 2 rows are not in table", failure.Message, StringComparison.Ordinal);

        var accepting = Postgres.Write<Row>(
            database.ConnectionString, table, Row.Columns, new PostgresSinkOptions { AcceptsLostTransactions = true });
        await using var third = await new SinkProcess(accepting, job, attempt: 3).StartAsync(snapshot);
        Assert.Contains("its 2 rows are not in table", Assert.Single(third.Warnings), StringComparison.Ordinal);
        Assert.Empty(await IdsAsync(table));
    }

    [Fact]
    public async Task A_transaction_without_rows_is_none()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Snapshot(1);
        Assert.Empty(await database.PreparedAsync(job));
        sink.Complete(1);
        sink.Write(42);
        sink.Snapshot(2);
        sink.Complete(2);
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

    private static IEnumerable<long> Many(long first) => Enumerable.Range(0, 5_000).Select(id => first + id);

    private ITransactionalSink<Row> Sink(string table) => Postgres.Write<Row>(database.ConnectionString, table, Row.Columns);

    private Task<SinkProcess> StartAsync(string table, string job) => new SinkProcess(Sink(table), job).StartAsync();

    private async Task<(string Table, string Job)> NewAsync()
    {
        var table = await database.TableAsync(Row.Table);
        return (table, $"job-{table}".Replace('-', '_'));
    }

    private Task<IReadOnlyList<long>> IdsAsync(string table) => database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id");

    private async Task RollBackAsync(string job)
    {
        foreach (var name in await database.PreparedAsync(job))
        {
            await database.ExecuteAsync($"ROLLBACK PREPARED '{name}'");
        }
    }
}
