using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Changes;

/// <summary>What cannot be followed is refused, and the message says what to do.</summary>
public sealed class RefusedChangesTests(Database database)
{
    [Fact]
    public async Task A_publication_that_is_missing_is_named()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await table.ExecuteAsync($"DROP PUBLICATION {table.Publication}");
        await RefusedAsync(table, $"There is no publication '{table.Publication}'");
    }

    [Fact]
    public async Task A_slot_that_is_missing_is_named_and_made_if_that_is_asked_for()
    {
        await using var table = await ChangedTable.MakeAsync(database, makesSlot: false);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'before')");
        await RefusedAsync(table, $"There is no replication slot '{table.Slot}'");
        var made = new PostgresChangesOptions { CreatesSlot = true };
        Assert.Empty(await table.ReadAsync(made));
        await table.ExecuteAsync("INSERT INTO {t} VALUES (2, 'behind')");
        Assert.Equal(["+  → id = 2, name = behind"], await table.ReadAsync(made));
    }

    [Fact]
    public async Task A_slot_of_another_kind_is_refused()
    {
        await using var table = await ChangedTable.MakeAsync(database, makesSlot: false);
        await table.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{table.Slot}')");
        await RefusedAsync(table, "is a physical one");
    }

    [Fact]
    public async Task A_table_that_is_not_in_the_publication_is_refused_and_one_that_is_not_asked_for_is_not_read()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        var other = await database.TableAsync("id int PRIMARY KEY");
        await RefusedAsync(table, $"Table {other} is not in publication", new PostgresChangesOptions { Tables = [other] });
        await RefusedAsync(table, "There is no table no_such", new PostgresChangesOptions { Tables = ["no_such"] });
        await table.ExecuteAsync($"ALTER PUBLICATION {table.Publication} ADD TABLE {other}");
        var three = $"INSERT INTO {other} VALUES (7); INSERT INTO {{t}} VALUES (1, 'a'); INSERT INTO {other} VALUES (8)";
        await table.ExecuteAsync(three);
        Assert.Equal(["+  → id = 7", "+  → id = 8"], await table.ReadAsync(new PostgresChangesOptions { Tables = [other] }));
        await table.ExecuteAsync($"DELETE FROM {other}; DELETE FROM {{t}}");
        await table.RemakeSlotAsync();
        await table.ExecuteAsync(three);
        Assert.Equal(["+  → id = 1, name = a"], await table.ReadAsync(new PostgresChangesOptions { Tables = [$"public.{table.Name}"] }));
    }

    [Fact]
    public async Task A_slot_that_somebody_else_reads_is_waited_for_and_then_refused_with_his_process()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        var job = new Job($"first_{table.Name}");
        var read = 0;
        job.From(table.Source(static change => change.Index)).To(_ => Volatile.Write(ref read, 1));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = job.Start(new JobOptions(), end.Token);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
        while (Volatile.Read(ref read) == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var pid = await database.ScalarAsync<int>($"SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{table.Slot}'");
        await RefusedAsync(
            table, $"is active for PID {pid}", new PostgresChangesOptions { SlotWait = TimeSpan.FromMilliseconds(300) });
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Completion);
        Assert.Equal(["+  → id = 1, name = a"], await table.ReadAsync());
    }

    [Fact]
    public async Task A_role_that_may_not_replicate_is_told_how()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await database.ExecuteAsync(
            """
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'weir_reader') THEN CREATE ROLE weir_reader LOGIN PASSWORD 'r'; END IF;
            END $$
            """);
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "weir_reader", Password = "r" };
        var job = new Job($"right_{table.Name}");
        job.From(Postgres.Changes(settings.ConnectionString, table.Publication, table.Slot, static change => change.Index)).To(_ => { });
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.Contains("ALTER ROLE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncate_fails_the_job_unless_it_may_be_passed_over()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
        await table.ExecuteAsync("TRUNCATE {t}");
        await table.ExecuteAsync("INSERT INTO {t} VALUES (2, 'b')");
        await RefusedAsync(table, $"Table public.{table.Name} at ");
        Assert.Equal(
            ["+  → id = 1, name = a", "+  → id = 2, name = b"],
            await table.ReadAsync(new PostgresChangesOptions { SkipsTruncate = true }));
    }

    [Fact]
    public async Task Columns_are_found_by_name_while_the_table_is_altered_and_one_that_is_gone_is_named()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
        await table.ExecuteAsync("ALTER TABLE {t} ADD COLUMN more int; INSERT INTO {t} VALUES (2, 'b', 3)");
        await table.ExecuteAsync("ALTER TABLE {t} DROP COLUMN name; INSERT INTO {t} VALUES (4, 5)");
        Assert.Equal(["+  → id = 1, name = a", "+  → id = 2, name = b, more = 3", "+  → id = 4, more = 5"], await table.ReadAsync());
        await table.RemakeSlotAsync();
        await table.ExecuteAsync("INSERT INTO {t} VALUES (6, 7)");
        var failure = await Assert.ThrowsAsync<JobException>(() => table.ReadAsync(static change => change.After!.Text("name") ?? ""));
        Assert.Contains("has no column 'name'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("It has id, more.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Insert of public.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_no_such_type_or_null_or_was_not_sent_is_named()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await table.ExecuteAsync("ALTER TABLE {t} ALTER COLUMN name SET STORAGE EXTERNAL");
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, repeat('x', 9000))");
        var text = await Assert.ThrowsAsync<JobException>(() => table.ReadAsync(static change => $"{change.After!.Get<int>("name")}"));
        Assert.Contains("which is no Int32", text.Message, StringComparison.Ordinal);
        await table.ExecuteAsync("UPDATE {t} SET id = 2");
        var unsent = await Assert.ThrowsAsync<JobException>(() => table.ReadAsync(
            static change => change.Kind == RowChangeKind.Update ? change.After!.Text("name")! : ""));
        Assert.Contains("REPLICA IDENTITY FULL", unsent.Message, StringComparison.Ordinal);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (3, NULL)");
        var missing = await Assert.ThrowsAsync<JobException>(() => table.ReadAsync(
            static change => change.Key.Get<int>("id") == 3 ? change.After!.Get<string>("name") : ""));
        Assert.Contains("is null, where String is asked for", missing.Message, StringComparison.Ordinal);
        await table.ExecuteAsync("ALTER TABLE {t} REPLICA IDENTITY FULL");
        await table.ExecuteAsync("UPDATE {t} SET id = 4 WHERE id = 2");
        Assert.Contains(await table.ReadAsync(
            static change => change.Key.Get<int>("id") == 4 ? change.After!.Text("name")! : ""), static name => name.Length == 9000);
    }

    private static async Task RefusedAsync(ChangedTable table, string expected, PostgresChangesOptions? options = null)
    {
        var failure = await Assert.ThrowsAsync<JobException>(() => table.ReadAsync(options));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
