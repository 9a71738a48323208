using Weir.Databases.Tests.Doubles;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>Rows that the table does not take: the job fails for good, and says which row it was.</summary>
public sealed class RefusedRowsTests(Database database)
{
    [Fact]
    public async Task A_row_that_a_check_refuses_is_named()
    {
        var table = await database.TableAsync(RowTable.Definition + ", CHECK (amount < 10)");
        var failure = await FailureAsync(table, RowTable.Columns, Enumerable.Range(0, 100).Select(id => Row.Of(id)));
        Assert.Contains(
            "refused row 41 of the transaction, 'Row { Id = 40, Name = name 40, Amount = 10, At = 01/01/1970 00:00:40 }': "
                + $"new row for relation \"{table}\" violates check constraint \"{table}_amount_check\" (SQLSTATE 23514).",
            failure.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("Nothing of the transaction is in the table.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_there_already_is_named_however_many_pieces_were_sent_before()
    {
        var table = await database.TableAsync(RowTable.Definition + ", PRIMARY KEY (id)");
        await database.ExecuteAsync($"INSERT INTO {table} VALUES (5000, 'x', 1, now())");
        var failure = await FailureAsync(table, RowTable.Columns, Enumerable.Range(0, 8_000).Select(id => Row.Of(id)));
        Assert.Contains("refused row 5,001 of the transaction, 'Row { Id = 5000,", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Constraint: {table}_pkey.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_cannot_be_sent_is_named_with_its_column_and_row()
    {
        var table = await database.TableAsync(RowTable.Definition);
        var failure = await FailureAsync(
            table, RowTable.Columns, [Row.Of(1), Row.Of(2) with { At = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) }]);
        Assert.Contains("The value for column 'at' of table", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be sent, in row 2 of the transaction, 'Row { Id = 2,", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Kind=Local", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_throws_is_named_likewise()
    {
        var table = await database.TableAsync("id bigint");
        var failure = await FailureAsync(
            table,
            columns => columns.Column("id", row => row.Id == 3 ? throw new InvalidOperationException("not three") : row.Id),
            Enumerable.Range(1, 5).Select(id => Row.Of(id)));
        Assert.Contains("The value for column 'id'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("in row 3 of the transaction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not three", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_too_large_is_named()
    {
        var table = await database.TableAsync("id int");
        var failure = await FailureAsync(table, columns => columns.Column("id", row => row.Id), [Row.Of(1) with { Id = 1L << 40 }]);
        Assert.Contains("The value for column 'id'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_where_there_may_be_none_is_named()
    {
        var table = await database.TableAsync("id bigint, name text NOT NULL");
        var failure = await FailureAsync(
            table, columns => columns.Column("id", row => row.Id).Column("name", row => row.Name), [Row.Of(1), Row.Of(7)]);
        Assert.Contains("refused row 2 of the transaction, 'Row { Id = 7,", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Column: name.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constraint_that_is_looked_at_last_fails_the_prepare_by_its_transaction()
    {
        var table = await database.TableAsync("id bigint UNIQUE DEFERRABLE INITIALLY DEFERRED");
        var failure = await FailureAsync(table, columns => columns.Column("id", row => row.Id), [Row.Of(1), Row.Of(1)]);
        Assert.Contains("/attempt-1/subtask-0/chk-1' with 2 rows for table", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be prepared", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_fails_for_good_at_the_first_refused_row()
    {
        var table = await database.TableAsync(RowTable.Definition + ", CHECK (amount < 10)");
        var job = new Job("refused");
        Row[] rows = [.. Enumerable.Range(0, 100).Select(id => Row.Of(id))];
        job.From(rows).To(Postgres.Write<Row>(database.ConnectionString, table, RowTable.Columns)).Id("rows");
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.StartsWith("Operator 'rows' of job 'refused' failed in subtask 0,", failure.Message, StringComparison.Ordinal);
        Assert.Contains("row 41 of the transaction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("A restart would not help", failure.Message, StringComparison.Ordinal);
    }

    private async Task<Exception> FailureAsync(string table, Action<PostgresColumns<Row>> columns, IEnumerable<Row> rows)
    {
        await using var sink = await new SinkProcess(Postgres.Write(database.ConnectionString, table, columns), $"job_{table}")
            .StartAsync();
        var failure = Assert.Throws<OperatorException>(() =>
        {
            sink.Write(rows);
            sink.Snapshot(1);
        });
        Assert.Empty(await database.PreparedAsync($"job_{table}"));
        Assert.IsAssignableFrom<IPermanentFailure>(failure.InnerException);
        return failure.InnerException!;
    }
}
