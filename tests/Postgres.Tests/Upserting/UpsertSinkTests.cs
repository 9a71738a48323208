using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Upserting;

/// <summary>Upserts by key with a real server.</summary>
public sealed class UpsertSinkTests(Database database)
{
    [Fact]
    public async Task Of_several_records_with_one_key_the_last_counts_within_a_batch_and_after_it()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY, total numeric, n int DEFAULT 9");
        await using var sink = await StartAsync(Sink(table));
        await WriteAsync(sink, new("ann", 1), new("bob", 2), new("ann", 3));
        Assert.Equal(["(ann,3,9)", "(bob,2,9)"], await RowsAsync(table));
        await database.ExecuteAsync($"UPDATE {table} SET n = 7");
        await WriteAsync(sink, new("ann", 4), new("cid", 5));
        Assert.Equal(["(ann,4,7)", "(bob,2,7)", "(cid,5,9)"], await RowsAsync(table));
    }

    [Fact]
    public async Task Records_that_come_again_change_nothing()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY, total numeric");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await using var sink = await StartAsync(Sink(table));
            await WriteAsync(sink, new("ann", 1), new("bob", 2));
            await WriteAsync(sink, new Total("ann", 3));
        }

        Assert.Equal(["(ann,3)", "(bob,2)"], await RowsAsync(table));
    }

    [Fact]
    public async Task A_table_of_keys_alone_takes_each_once()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY");
        await using var sink = await StartAsync(
            Postgres.Upsert<Total>(database.ConnectionString, table, columns => columns.Key("customer", total => total.Customer)));
        await WriteAsync(sink, new("ann", 1), new("ann", 2), new("bob", 1));
        Assert.Equal(["(ann)", "(bob)"], await RowsAsync(table));
    }

    [Fact]
    public async Task A_key_of_two_columns_and_columns_of_arrays_json_and_odd_names()
    {
        var table = await database.TableAsync(
            "\"Customer \"\"x\" text, day date, tags text[], doc jsonb, PRIMARY KEY (day, \"Customer \"\"x\")");
        var sink = Postgres.Upsert<Total>(database.ConnectionString, table, columns => columns
            .Key("Customer \"x", total => total.Customer)
            .Key("day", total => new DateOnly(2026, 1, (int)total.Amount))
            .Column("tags", total => new[] { total.Customer, "b" })
            .Column("doc", total => $$"""{"a": {{(int)total.Amount}}}"""));
        await using var writer = await StartAsync(sink);
        await WriteAsync(writer, new("ann", 1), new("ann", 2), new("ann", 1));
        Assert.Equal(
            ["(ann,2026-01-01,\"{ann,b}\",\"{\"\"a\"\": 1}\")", "(ann,2026-01-02,\"{ann,b}\",\"{\"\"a\"\": 2}\")"],
            await RowsAsync(table));
    }

    [Fact]
    public async Task Changes_put_in_take_out_and_move()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY, total numeric");
        await using var sink = await StartAsync(Postgres.UpsertChanges<Total>(database.ConnectionString, table, Columns));
        await WriteAsync(
            sink,
            Change<Total>.First(new("ann", 1)),
            Change<Total>.First(new("bob", 1)),
            Change<Total>.First(new("cid", 1)),
            Change<Total>.From(new("ann", 1), new("ann", 2)),
            Change<Total>.Last(new("cid", 1)));
        Assert.Equal(["(ann,2)", "(bob,1)"], await RowsAsync(table));
        await WriteAsync(
            sink,
            Change<Total>.Last(new("ann", 2)),
            Change<Total>.From(new("bob", 1), new("bea", 5)),
            Change<Total>.Last(new("dan", 1)),
            Change<Total>.First(new("dan", 2)));
        Assert.Equal(["(bea,5)", "(dan,2)"], await RowsAsync(table));
    }

    [Fact]
    public async Task A_key_without_a_unique_constraint_is_refused_with_those_that_there_are()
    {
        var table = await database.TableAsync("id bigint UNIQUE, customer text, total numeric, UNIQUE (total, customer)");
        var failure = await Assert.ThrowsAsync<SinkException>(() => StartAsync(Sink(table)));
        Assert.StartsWith($"public.{table} at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"has no unique constraint on (customer), by which an upsert would find rows. It has (id) and (customer, total). Name the "
                + $"columns of one by .Key(…), or make one: CREATE UNIQUE INDEX ON public.{table} (\"customer\").",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sink_without_a_key_is_refused() => Assert.Contains(
        ".Key(name, record => …)",
        Assert.Throws<ArgumentException>(() => Postgres.Upsert<Total>("Host=x", "t", columns => columns.Column("a", total => total.Amount)))
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_null_key_is_refused_by_its_row()
    {
        var table = await database.TableAsync("customer text UNIQUE, total numeric");
        await using var sink = await StartAsync(Sink(table));
        var failure = await Assert.ThrowsAsync<SinkException>(() => WriteAsync(sink, new("ann", 1), new(null!, 2)));
        Assert.Contains("refused row 2 of the transaction, 'Total { Customer = , Amount = 2 }'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table));
    }

    [Fact]
    public async Task A_role_without_the_rights_is_told_which()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY, total numeric");
        var role = $"upserter_{table}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'p'; GRANT INSERT, SELECT ON {table} TO {role}");
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = "p" };
        var failure = await Assert.ThrowsAsync<SinkException>(
            () => StartAsync(Postgres.Upsert<Total>(settings.ConnectionString, table, Columns)));
        Assert.EndsWith(
            "The role needs SELECT, INSERT and UPDATE on the table, and TEMPORARY on the database.",
            failure.Message,
            StringComparison.Ordinal);
        await database.ExecuteAsync($"GRANT UPDATE ON {table} TO {role}");
        await using var sink = await StartAsync(Postgres.Upsert<Total>(settings.ConnectionString, table, Columns));
        await WriteAsync(sink, new Total("ann", 1));
        Assert.Equal(["(ann,1)"], await RowsAsync(table));
    }

    [Fact]
    public async Task A_job_that_fails_on_its_way_leaves_the_last_value_of_each_key()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY, total numeric");
        var job = new Job("upserts");
        var failures = 3;
        Total[] totals = [.. Enumerable.Range(0, 20_000).Select(n => new Total($"c{n % 97}", n))];
        job.From(totals)
            .Select(total =>
            {
                if (total.Amount % 5_000 == 4_999 && Interlocked.Decrement(ref failures) >= 0)
                {
                    throw new IOException("on its way");
                }

                return total;
            })
            .To(Sink(table));
        await job.RunAsync(
            new JobOptions
            {
                Guarantee = Guarantee.ExactlyOnce,
                CheckpointInterval = TimeSpan.FromMilliseconds(5),
                RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.Zero),
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            totals.GroupBy(total => total.Customer).Select(group => $"({group.Key},{group.Last().Amount})").Order(StringComparer.Ordinal),
            await RowsAsync(table));
        Assert.True(failures < 0, "nothing failed");
    }

    [Fact]
    public async Task A_batch_that_waits_for_a_lock_has_not_handed_its_commit_over_so_that_it_dies_with_its_process()
    {
        var table = await database.TableAsync("customer text PRIMARY KEY, total numeric");
        await database.ExecuteAsync($"INSERT INTO {table} VALUES ('ann', 0)");
        await using var other = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var update = new Npgsql.NpgsqlCommand($"UPDATE {table} SET total = 1", other))
        {
            await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var sink = await StartAsync(Sink(table));
        var writing = WriteAsync(sink, new Total("ann", 2));
        string? waiting = null;
        while (waiting is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var all = await database.ListAsync<string>(
                $"SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{table}%'");
            waiting = all.Count > 0 ? all[0] : null;
        }

        Assert.DoesNotContain("COMMIT", waiting, StringComparison.OrdinalIgnoreCase);
        await held.CommitAsync(TestContext.Current.CancellationToken);
        await writing;
        Assert.Equal(["(ann,2)"], await RowsAsync(table));
    }

    private static void Columns(PostgresColumns<Total> columns) =>
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

    private IIdempotentSink<Total> Sink(string table) => Postgres.Upsert<Total>(database.ConnectionString, table, Columns);

    private Task<IReadOnlyList<string>> RowsAsync(string table) =>
        database.ListAsync<string>($"SELECT t::text FROM {table} t ORDER BY t::text COLLATE \"C\"");

    private sealed record Total(string Customer, decimal Amount);
}
