using Weir.Ado.Tests.Doubles;
using Weir.Databases.Tests;
using Weir.Databases.Tests.Doubles;

namespace Weir.Ado.Tests.Writing;

/// <summary>Rows and a marker in one transaction, with SQLite: beside the laws, what is its own.</summary>
public sealed class MarkerSinkTests(SqliteDatabase database) : TransactionLaws
{
    private const string Table = "id integer NOT NULL, name text, amount text NOT NULL, at text NOT NULL";

    [Fact]
    public async Task I4_a_commit_that_fails_at_recovery_fails_the_recovery_by_name_and_the_next_one_makes_it_good()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(41, 42);
        var snapshot = first.Snapshot(1);
        await database.ExecuteAsync(
            $"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} WHEN NEW.id = 42 BEGIN SELECT RAISE(ABORT, 'not this one'); END");
        await using var second = new SinkProcess(Sink(table), job, attempt: 2);
        var failure = await Assert.ThrowsAsync<OperatorException>(() => second.StartAsync(snapshot));
        Assert.IsAssignableFrom<IPermanentFailure>(failure.InnerException);
        Assert.Contains(
            $"The transaction '{job}/To-1/0000000000000000/attempt-1/subtask-0/tx-1' of chk-1 of attempt 1 cannot be committed: table "
                + $"{table} at",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("refused row 2 of 2, 'id = 42, name = NULL, amount = 10.5, at = ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not this one", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await IdsAsync(table));

        await database.ExecuteAsync($"DROP TRIGGER no_{table}");
        await using var third = await new SinkProcess(Sink(table), job, attempt: 3).StartAsync(snapshot);
        Assert.Equal([41, 42], await IdsAsync(table));
    }

    [Fact]
    public async Task Rows_that_wait_in_a_checkpoint_go_into_the_columns_they_were_made_for_whatever_the_next_version_writes()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(41);
        var snapshot = first.Snapshot(1);
        var next = AdoNet.Write<Row>(database.Source, table, columns => columns
            .Column("at", row => row.At).Column("amount", row => row.Amount).Column("id", row => row.Id));
        await using var second = await new SinkProcess(next, job, attempt: 2).StartAsync(snapshot);
        Assert.Equal([41], await IdsAsync(table));
        Assert.Equal(["10.25"], await database.ListAsync<string>($"SELECT amount FROM {table}"));
    }

    [Fact]
    public async Task Two_processes_that_commit_the_same_at_the_same_time_insert_it_once()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(Enumerable.Range(0, 2_000).Select(id => (long)id));
        var snapshot = first.Snapshot(1);
        await using var second = new SinkProcess(Sink(table), job, attempt: 2);
        await Task.WhenAll(
            Task.Run(() => first.Complete(1), TestContext.Current.CancellationToken),
            Task.Run(() => second.StartAsync(snapshot), TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(0, 2_000).Select(id => (long)id), await IdsAsync(table));
    }

    [Fact]
    public async Task Transactions_of_one_old_subtask_that_are_committed_in_no_order_are_each_inserted()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(1);
        var earlier = first.Snapshot(1);
        first.Write(2);
        var both = first.Snapshot(2);
        var later = both with { Items = [.. both.Items.Where(item => !earlier.Items.Any(other => other.Span.SequenceEqual(item.Span)))] };
        await using (await new SinkProcess(Sink(table), job, attempt: 2, subtask: 1).StartAsync(later))
        {
            Assert.Equal([2], await IdsAsync(table));
        }

        await using var third = await new SinkProcess(Sink(table), job, attempt: 3).StartAsync(both);
        Assert.Equal([1, 2], await IdsAsync(table));
    }

    [Fact]
    public async Task A_subtask_that_goes_on_keeps_one_marker()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        var snapshots = new List<Weir.Runtime.State.OperatorState>();
        for (var checkpoint = 1; checkpoint <= 4; checkpoint++)
        {
            sink.Write(checkpoint);
            snapshots.Add(sink.Snapshot(checkpoint));
            sink.Complete(checkpoint);
        }

        Assert.Equal([4L], await database.ListAsync<long>($"SELECT transaction_no FROM weir_markers WHERE sink_name LIKE '{job}/%'"));

        // An older checkpoint, whose transactions have been committed long ago.
        await using var next = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(snapshots[1]);
        Assert.Equal([1, 2, 3, 4], await IdsAsync(table));
    }

    [Fact]
    public async Task More_rows_than_a_checkpoint_may_hold_fail_the_job_and_the_message_says_what_to_do()
    {
        var table = await TableAsync();
        var sink = AdoNet.Write<Row>(database.Source, table, Columns, new AdoNetSinkOptions { MaxBytesPerCheckpoint = 10_000 });
        await using var process = await new SinkProcess(sink, $"job-{table}").StartAsync();
        var failure = Assert.ThrowsAny<Exception>(() => process.Write(Enumerable.Range(0, 1_000).Select(id => (long)id)));
        Assert.Contains("wait for the next checkpoint", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MaxBytesPerCheckpoint allows, which is 10,000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_or_a_column_that_is_missing_is_told_before_the_first_row()
    {
        var table = await TableAsync();
        await using var missing = new SinkProcess(AdoNet.Write<Row>(database.Source, "no_such", Columns), "missing");
        Assert.Contains(
            "no such table: no_such",
            (await Assert.ThrowsAsync<SinkException>(() => missing.StartAsync())).Message,
            StringComparison.Ordinal);
        await using var column = new SinkProcess(
            AdoNet.Write<Row>(database.Source, table, columns => columns.Column("nope", row => row.Id)), "missing");
        Assert.Contains("nope", (await Assert.ThrowsAsync<SinkException>(() => column.StartAsync())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            AdoNet.Write<Row>(database.Source, table, columns => columns.Column("id", row => new Version(1, 2))));
    }

    protected override ITransactionalSink<Row> Sink(string table, bool acceptsLost = false) =>
        AdoNet.Write<Row>(database.Source, table, Columns);

    protected override Task<string> TableAsync() => database.TableAsync(Table);

    protected override Task<IReadOnlyList<long>> IdsAsync(string table) =>
        database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id");

    // None is ever prepared: rows wait in the checkpoint.
    protected override Task<int?> PreparedAsync(string job) => Task.FromResult<int?>(null);

    private static void Columns(AdoNetColumns<Row> columns) => columns
        .Column("id", row => row.Id)
        .Column("name", row => row.Name)
        .Column("amount", row => row.Amount)
        .Column("at", row => row.At);
}
