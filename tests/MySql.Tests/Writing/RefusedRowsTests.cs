using Weir.Databases.Tests.Doubles;
using Weir.MySqlServers.Tests.Doubles;

namespace Weir.MySqlServers.Tests.Writing;

/// <summary>Rows that the table does not take: the job fails for good, and says which row and which column it was.</summary>
public sealed class RefusedRowsTests(Database database)
{
    [Theory]
    [InlineData("id bigint, amount decimal(12,2) CHECK (amount < 10)", 41, "CONSTRAINT")]
    [InlineData("id bigint, amount decimal(3,2)", 41, "Out of range value for column 'amount'")]
    [InlineData("id bigint, amount decimal(12,2) UNIQUE CHECK (id <> 60)", 61, "CONSTRAINT")]
    public async Task A_row_of_many_that_the_table_refuses_is_named(string definition, int number, string cause)
    {
        var table = await database.TableAsync(definition);
        var failure = await FailureAsync(table, IdAndAmount, Enumerable.Range(0, 100).Select(id => Row.Of(id)));
        Assert.Contains($"refused row {number} of the transaction, 'Row {{ Id = {number - 1},", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing of the transaction is in the table.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_there_already_is_named_however_many_pieces_were_sent_before()
    {
        var table = await database.TableAsync(RowTable.Definition + ", PRIMARY KEY (id)");
        await database.ExecuteAsync($"INSERT INTO {table} VALUES (5000, 'x', 1, now())");
        var failure = await FailureAsync(table, RowTable.Columns, Enumerable.Range(0, 8_000).Select(id => Row.Of(id)));
        Assert.Contains("refused row 5,001 of the transaction, 'Row { Id = 5000,", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Duplicate entry '5000' for key 'PRIMARY' (error 1062, SQLSTATE 23000)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_also_by_a_server_that_would_cut_it()
    {
        var table = await database.TableAsync("name varchar(3)");
        var failure = await FailureAsync(table, columns => columns.Column("name", row => row.Name), [Row.Of(1)]);
        Assert.Contains("Data too long for column 'name'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_too_large_is_refused_and_not_clipped()
    {
        var table = await database.TableAsync("id int");
        var failure = await FailureAsync(
            table, columns => columns.Column("id", row => row.Id), [Row.Of(1), Row.Of(2) with { Id = 1L << 40 }]);
        Assert.Contains("refused row 2 of the transaction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Out of range value for column 'id'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_where_there_may_be_none_is_named()
    {
        var table = await database.TableAsync("id bigint, name varchar(100) NOT NULL");
        var failure = await FailureAsync(
            table, columns => columns.Column("id", row => row.Id).Column("name", row => row.Name), [Row.Of(1), Row.Of(7)]);
        Assert.Contains("refused row 2 of the transaction, 'Row { Id = 7,", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Column 'name' cannot be null", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_time_and_a_function_that_throws_are_named_with_column_and_row()
    {
        var table = await database.TableAsync(RowTable.Definition);
        var local = await FailureAsync(
            table, RowTable.Columns, [Row.Of(1), Row.Of(2) with { At = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) }]);
        Assert.Contains("The value for column 'at' of table", local.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be sent, in row 2 of the transaction, 'Row { Id = 2,", local.Message, StringComparison.Ordinal);
        Assert.Contains("Kind=Local", local.Message, StringComparison.Ordinal);
        var thrown = await FailureAsync(
            await database.TableAsync("id bigint"),
            columns => columns.Column("id", row => row.Id == 3 ? throw new InvalidOperationException("not three") : row.Id),
            Enumerable.Range(1, 5).Select(id => Row.Of(id)));
        Assert.Contains("in row 3 of the transaction", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("not three", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zero_in_a_text_a_character_of_four_bytes_and_times_in_other_zones_arrive_as_they_are()
    {
        var table = await database.TableAsync("name varchar(100), at timestamp(6) NULL, day date, of time(6), data varbinary(10), mood "
            + "varchar(9)");
        await using var sink = await new SinkProcess(
            MySql.Write<Row>(database.ConnectionString, table, columns => columns
                .Column("name", _ => "a\0b'\\\u2028😀")
                .Column("at", _ => new DateTimeOffset(2026, 7, 1, 12, 0, 0, 500, TimeSpan.FromHours(2)))
                .Column("day", _ => new DateOnly(2026, 7, 1))
                .Column("of", _ => new TimeOnly(1, 2, 3, 4, 5))
                .Column("data", _ => new byte[] { 0, 255, 39, 92 })
                .Column("mood", _ => DayOfWeek.Friday)),
            $"job_{table}").StartAsync();
        sink.Write(1);
        sink.Snapshot(1);
        sink.Complete(1);
        Assert.Equal(
            "a\0b'\\\u2028😀|2026-07-01 10:00:00.500000|2026-07-01|01:02:03.004005|00FF275C|Friday",
            await database.ScalarAsync<string>(
                $"SELECT concat_ws('|', name, CONVERT_TZ(at, @@session.time_zone, '+00:00'), day, of, hex(data), mood) FROM {table}"));
    }

    [Fact]
    public async Task Rows_of_megabytes_go_one_by_one_and_one_that_is_too_large_is_named()
    {
        var table = await database.TableAsync("name longtext");
        var million = new string('ä', 1_000_000);
        await using var sink = await new SinkProcess(
            MySql.Write<Row>(database.ConnectionString, table, columns => columns.Column("name", _ => million)), $"job_{table}")
            .StartAsync();
        sink.Write(Enumerable.Range(0, 20).Select(id => (long)id));
        sink.Snapshot(1);
        sink.Complete(1);
        Assert.Equal(20L, await database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE char_length(name) = 1000000"));
        var failure = await FailureAsync(
            table, columns => columns.Column("name", _ => new string('ä', 10_000_000)), [Row.Of(1)]);
        Assert.Contains("row 1 of the transaction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("max_allowed_packet", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_fails_for_good_at_the_first_refused_row()
    {
        var table = await database.TableAsync(RowTable.Definition + ", CHECK (amount < 10)");
        var job = new Job("refused");
        Row[] rows = [.. Enumerable.Range(0, 100).Select(id => Row.Of(id))];
        job.From(rows).To(MySql.Write<Row>(database.ConnectionString, table, RowTable.Columns)).Id("rows");
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.StartsWith("Operator 'rows' of job 'refused' failed in subtask 0,", failure.Message, StringComparison.Ordinal);
        Assert.Contains("row 41 of the transaction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("A restart would not help", failure.Message, StringComparison.Ordinal);
    }

    private static void IdAndAmount(MySqlColumns<Row> columns) =>
        columns.Column("id", row => row.Id).Column("amount", row => row.Amount);

    private async Task<Exception> FailureAsync(string table, Action<MySqlColumns<Row>> columns, IEnumerable<Row> rows)
    {
        await using var sink = await new SinkProcess(MySql.Write(database.ConnectionString, table, columns), $"job_{table}").StartAsync();
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
