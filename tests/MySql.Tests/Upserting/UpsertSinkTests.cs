using Weir.MySqlServers.Tests.Doubles;

namespace Weir.MySqlServers.Tests.Upserting;

/// <summary>Upserts by key with a real server.</summary>
public sealed class UpsertSinkTests(Database database)
{
    [Fact]
    public async Task Of_several_records_with_one_key_the_last_counts_and_the_server_says_which_keys_are_one()
    {
        var table = await database.TableAsync("customer varchar(20) PRIMARY KEY, total decimal(9,0), n int DEFAULT 9");
        await using var sink = await StartAsync(Sink(table));
        await WriteAsync(sink, new("ann", 1), new("bob", 2), new("Ann", 3));
        Assert.Equal(["Ann,3,9", "bob,2,9"], await RowsAsync(table, "customer,total,n"));
        await database.ExecuteAsync($"UPDATE {table} SET n = 7");
        await WriteAsync(sink, new("ANN", 4), new("cid", 5));
        Assert.Equal(["Ann,4,7", "bob,2,7", "cid,5,9"], await RowsAsync(table, "customer,total,n"));
    }

    [Fact]
    public async Task A_table_of_keys_alone_takes_each_once_and_records_that_come_again_change_nothing()
    {
        var table = await database.TableAsync("customer varchar(20) PRIMARY KEY");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await using var sink = await StartAsync(MySql.Upsert<Total>(
                database.ConnectionString, table, columns => columns.Key("customer", total => total.Customer)));
            await WriteAsync(sink, new("ann", 1), new("ann", 2), new("bob", 1));
            Assert.Equal(["ann", "bob"], await RowsAsync(table, "customer"));
        }
    }

    [Fact]
    public async Task Changes_put_in_take_out_and_move()
    {
        var table = await database.TableAsync("customer varchar(20) PRIMARY KEY, total decimal(9,0)");
        await using var sink = await StartAsync(MySql.UpsertChanges<Total>(database.ConnectionString, table, Columns));
        await WriteAsync(
            sink,
            Change<Total>.First(new("ann", 1)),
            Change<Total>.First(new("bob", 1)),
            Change<Total>.First(new("cid", 1)),
            Change<Total>.From(new("ann", 1), new("ann", 2)),
            Change<Total>.Last(new("cid", 1)));
        Assert.Equal(["ann,2", "bob,1"], await RowsAsync(table, "customer,total"));
        await WriteAsync(
            sink,
            Change<Total>.Last(new("ann", 2)),
            Change<Total>.From(new("bob", 1), new("bea", 5)),
            Change<Total>.Last(new("dan", 1)),
            Change<Total>.First(new("dan", 2)));
        Assert.Equal(["bea,5", "dan,2"], await RowsAsync(table, "customer,total"));
    }

    [Fact]
    public async Task A_key_without_a_unique_index_and_another_unique_index_that_is_written_are_refused()
    {
        var none = await database.TableAsync("id bigint UNIQUE, customer varchar(20), total decimal(9,0)");
        var failure = await Assert.ThrowsAsync<SinkException>(() => StartAsync(Sink(none)));
        Assert.Contains("has no unique index on (customer)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("It has (id).", failure.Message, StringComparison.Ordinal);
        var two = await database.TableAsync("customer varchar(20) PRIMARY KEY, total decimal(9,0) UNIQUE");
        failure = await Assert.ThrowsAsync<SinkException>(() => StartAsync(Sink(two)));
        Assert.Contains("has another unique index, on (total)", failure.Message, StringComparison.Ordinal);
        var counted = await database.TableAsync("id bigint AUTO_INCREMENT PRIMARY KEY, customer varchar(20) UNIQUE, total decimal(9,0)");
        await using var sink = await StartAsync(Sink(counted));
        await WriteAsync(sink, new("ann", 1), new("bob", 2));
        await WriteAsync(sink, new Total("ann", 3));
        Assert.Equal(["ann,3", "bob,2"], await RowsAsync(counted, "customer,total"));
    }

    [Fact]
    public async Task A_null_key_is_refused_by_its_row()
    {
        var table = await database.TableAsync("customer varchar(20) PRIMARY KEY, total decimal(9,0)");
        await using var sink = await StartAsync(Sink(table));
        var failure = await Assert.ThrowsAsync<SinkException>(() => WriteAsync(sink, new("ann", 1), new(null!, 2)));
        Assert.Contains("refused row 2 of the transaction, 'Total { Customer = , Amount = 2 }'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table, "customer"));
    }

    [Fact]
    public async Task H50_four_subtasks_that_upsert_the_same_keys_in_every_order_never_wait_for_each_other_in_a_circle()
    {
        var table = await database.TableAsync("customer varchar(20) PRIMARY KEY, total decimal(9,0)");
        var before = await StatusAsync("INNODB_DEADLOCKS");
        var job = new Job("overlapping");
        var random = new Random(50);
        Total[] totals = [.. Enumerable.Range(0, 40_000).Select(n => new Total($"c{random.Next(500)}", n))];
        job.From(totals).Rebalance().To(Sink(table));
        var warnings = 0;
        await job.RunAsync(
            new JobOptions
            {
                Parallelism = 4,
                CheckpointInterval = TimeSpan.FromMilliseconds(50),
                RestartStrategy = RestartStrategy.None,
                OnEvent = happened => warnings += happened is JobEvent.Warning ? 1 : 0,
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(totals.Select(total => total.Customer).Distinct().Count(), (await RowsAsync(table, "customer")).Count);
        Assert.Equal(before, await StatusAsync("INNODB_DEADLOCKS"));
        Assert.Equal(0, warnings);
    }

    [Fact]
    public async Task H50_a_transaction_that_the_server_ends_for_a_deadlock_is_sent_again()
    {
        var table = await database.TableAsync("customer varchar(20) PRIMARY KEY, total decimal(9,0)");
        await database.ExecuteAsync($"INSERT INTO {table} VALUES ('ann', 0), ('bob', 0)");
        await using var sink = await StartAsync(Sink(table));
        await using var rival = new MySqlConnector.MySqlConnection(database.ConnectionString);
        await rival.OpenAsync(TestContext.Current.CancellationToken);

        // It has written more, so that the server ends the other one.
        await RunAsync($"START TRANSACTION; INSERT INTO {table} SELECT concat('x', seq), 0 FROM seq_1_to_100");
        await RunAsync($"UPDATE {table} SET total = 7 WHERE customer = 'bob'");
        var written = WriteAsync(sink, new("ann", 1), new("bob", 1));
        while (await StatusAsync("INNODB_ROW_LOCK_CURRENT_WAITS") == "0")
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await RunAsync($"UPDATE {table} SET total = 7 WHERE customer = 'ann'; COMMIT");
        await written;
        Assert.Equal(["ann,1", "bob,1"], (await RowsAsync(table, "customer,total")).Take(2));

        async Task RunAsync(string sql)
        {
            await using var command = new MySqlConnector.MySqlCommand(sql, rival);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private Task<string> StatusAsync(string name) => database.ScalarAsync<string>(
        $"SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = '{name}'");

    private static void Columns(MySqlColumns<Total> columns) =>
        columns.Key("customer", total => total.Customer).Column("total", total => total.Amount);

    private static async Task<SinkWriter<T>> StartAsync<T>(IIdempotentSink<T> sink)
    {
        var writer = (SinkWriter<T>)sink.Open(new SinkContext("upserts", "rows", 0, 1, default, TimeProvider.System));
        try
        {
            await writer.StartAsync(TestContext.Current.CancellationToken);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    private static async Task WriteAsync<T>(SinkWriter<T> sink, params T[] records)
    {
        var batch = new Batch<T>();
        foreach (var record in records)
        {
            batch.Add(record);
        }

        sink.Write(batch);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
    }

    private IIdempotentSink<Total> Sink(string table) => MySql.Upsert<Total>(database.ConnectionString, table, Columns);

    private Task<IReadOnlyList<string>> RowsAsync(string table, string columns) =>
        database.ListAsync<string>($"SELECT concat_ws(',', {columns}) FROM {table} ORDER BY customer");

    internal sealed record Total(string Customer, decimal Amount);
}
