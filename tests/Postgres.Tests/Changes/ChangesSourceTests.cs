using System.Collections.Concurrent;
using System.Globalization;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Changes;

/// <summary>Changes of a table as a source: each once, in the order of commits.</summary>
public sealed class ChangesSourceTests(Database database)
{
    [Fact]
    public async Task Changes_come_in_the_order_of_commits_with_what_was_before()
    {
        await using var table = await ChangedTable.MakeAsync(database, isFull: true);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a'), (2, NULL)");
        await table.ExecuteAsync("UPDATE {t} SET name = 'b' WHERE id = 2");
        await table.ExecuteAsync("UPDATE {t} SET id = 3 WHERE id = 1");
        await table.ExecuteAsync("DELETE FROM {t} WHERE id = 3");
        Assert.Equal(
            [
                "+  → id = 1, name = a",
                "+  → id = 2, name = null",
                "~ id = 2, name = null → id = 2, name = b",
                "~ id = 1, name = a → id = 3, name = a",
                "- id = 3, name = a → ",
            ],
            await table.ReadAsync());
    }

    [Fact]
    public async Task Without_full_identity_old_rows_are_known_by_their_keys()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
        await table.ExecuteAsync("UPDATE {t} SET name = 'b'");
        await table.ExecuteAsync("UPDATE {t} SET id = 2");
        await table.ExecuteAsync("DELETE FROM {t}");
        Assert.Equal(
            ["+  → id = 1, name = a", "~  → id = 1, name = b", "~ id = 1 → id = 2, name = b", "- id = 2 → "], await table.ReadAsync());
    }

    [Fact]
    public async Task Values_are_parsed_as_what_they_are_asked_for()
    {
        await using var table = await ChangedTable.MakeAsync(
            database,
            """
            id uuid PRIMARY KEY, small int2, big int8, amount numeric(20,4), real float8, yes bool, at timestamptz, local timestamp,
            day date, clock time, bytes bytea, doc jsonb, tags text[], missing int
            """);
        await table.ExecuteAsync(
            """
            INSERT INTO {t} VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e', -3, 9223372036854775807, 1234567890.1234, 0.1, true,
                '2026-03-04 05:06:07.123456+02', '2026-03-04 05:06:07', '2026-03-04', '05:06:07', '\x00ff', '{"a": 1}', '{x,y}', NULL)
            """);
        var read = await table.ReadAsync(static change =>
        {
            var row = change.After!;
            return string.Join('|', new object?[]
            {
                row.Get<Guid>("id"), row.Get<short>("small"), row.Get<long>("big"), row.Get<decimal>("amount"), row.Get<double>("real"),
                row.Get<bool>("yes"), row.Get<DateTime>("at").ToString("O", CultureInfo.InvariantCulture),
                row.Get<DateTimeOffset>("at").ToString("O", CultureInfo.InvariantCulture),
                row.Get<DateTime>("local").ToString("O", CultureInfo.InvariantCulture),
                row.Get<DateOnly>("day").ToString("O", CultureInfo.InvariantCulture),
                row.Get<TimeOnly>("clock").ToString("O", CultureInfo.InvariantCulture),
                Convert.ToHexString(row.GetBytes("bytes")!), row.Text("doc"), row.Text("tags"), row.GetOrNull<int>("missing"),
                row.GetOrNull<int>("small"), row.IsNull("missing"),
            }.Select(static value => string.Create(CultureInfo.InvariantCulture, $"{value}")));
        });
        Assert.Equal(
            "0f8fad5b-d9cb-469f-a165-70867728950e|-3|9223372036854775807|1234567890.1234|0.1|True|2026-03-04T03:06:07.1234560Z|"
                + "2026-03-04T03:06:07.1234560+00:00|2026-03-04T05:06:07.0000000Z|2026-03-04|05:06:07.0000000|00FF|"
                + "{\"a\": 1}|{x,y}||-3|True",
            Assert.Single(read));
    }

    [Fact]
    public async Task A_transaction_that_is_larger_than_all_buffers_is_cut_by_checkpoints_and_comes_once()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        var to = await database.TableAsync("lsn text, index bigint, id bigint");
        await table.ExecuteAsync("INSERT INTO {t} SELECT g, 'n' FROM generate_series(1, 6000) g");
        await table.ExecuteAsync("UPDATE {t} SET name = 'm' WHERE id <= 500");
        var failures = 4;
        var seen = 0;
        var job = new Job($"large_{to}");
        job.From(table.Source(
                static change => (Lsn: $"{change.CommitLsn}", change.Index, Id: change.Key.Get<long>("id")),
                new PostgresChangesOptions { EndsWhenRead = true, BufferedChanges = 16 }))
            .Select(change => Interlocked.Increment(ref seen) % 1400 == 0 && Interlocked.Decrement(ref failures) >= 0
                ? throw new IOException("on its way") : change)
            .To(Postgres.Write<(string Lsn, long Index, long Id)>(database.Source, to, columns => columns
                .Column("lsn", row => row.Lsn).Column("index", row => row.Index).Column("id", row => row.Id)));
        await job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(5),
                RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.Zero),
                Guarantee = Guarantee.ExactlyOnce,
                MaxRecordsPerSecond = 20_000,
            },
            TestContext.Current.CancellationToken);
        Assert.True(failures < 0, "nothing failed");
        Assert.True(seen < 4 * 6500, "no checkpoint was taken within the transaction");
        Assert.Equal(
            "6500/6500/2/6000",
            await database.ScalarAsync<string>(
                "SELECT count(*) || '/' || count(DISTINCT (lsn, index)) || '/' || count(DISTINCT lsn) || '/' || count(DISTINCT id) "
                    + $"FROM {to}"));
    }

    [Fact]
    public async Task The_server_may_forget_only_what_a_complete_checkpoint_holds_and_then_does_though_other_tables_alone_change()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        var other = await database.TableAsync("id int");
        var read = new ConcurrentQueue<long>();
        var job = new Job($"confirmed_{table.Name}");
        job.From(table.Source(static change => change.Key.Get<long>("id"))).To(read.Enqueue);
        var before = await table.ConfirmedAsync();
        var run = job.Start(new JobOptions { RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
        await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
        await UntilAsync(() => Task.FromResult(read.Count == 1), run);
        Assert.Equal(before, await table.ConfirmedAsync());

        await run.CheckpointAsync(TestContext.Current.CancellationToken);
        await UntilAsync(async () => await table.ConfirmedAsync() != before, run);
        await database.ExecuteAsync($"INSERT INTO {other} SELECT generate_series(1, 1000)");
        var end = await database.ScalarAsync<string>("SELECT pg_current_wal_flush_lsn()::text");
        await UntilAsync(
            async () =>
            {
                await run.CheckpointAsync(TestContext.Current.CancellationToken);
                return await database.ScalarAsync<bool>($"SELECT '{await table.ConfirmedAsync()}'::pg_lsn >= '{end}'::pg_lsn");
            },
            run);

        // A new connection asks from there, and not from the last change, which is forgotten.
        await table.EndReplicationAsync();
        await table.ExecuteAsync("INSERT INTO {t} VALUES (2, 'b')");
        await UntilAsync(() => Task.FromResult(read.Count == 2), run);
        await run.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], read);
    }

    [Fact]
    public async Task A_job_that_ended_when_all_was_read_goes_on_there_at_its_next_start()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        var directory = Directory.CreateTempSubdirectory("weir-changes-").FullName;
        try
        {
            await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
            Assert.Equal([1], await RunAsync());
            await table.ExecuteAsync("INSERT INTO {t} VALUES (2, 'b')");
            Assert.Equal([2], await RunAsync());
            Assert.Empty(await RunAsync());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        async Task<IReadOnlyList<long>> RunAsync()
        {
            var read = new List<long>();
            var job = new Job($"daily_{table.Name}");
            job.From(table.Source(static change => change.Key.Get<long>("id"), new PostgresChangesOptions { EndsWhenRead = true }))
                .Id("changes").To(read.Add);
            await job.RunAsync(new JobOptions { CheckpointDirectory = directory }, TestContext.Current.CancellationToken);
            return read;
        }
    }

    [Fact]
    public async Task A_checkpoint_whose_changes_are_gone_is_refused()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        var directory = Directory.CreateTempSubdirectory("weir-changes-").FullName;
        try
        {
            var read = new ConcurrentQueue<long>();
            var job = new Job($"older_{table.Name}");
            job.From(table.Source(static change => change.Key.Get<long>("id"))).Id("changes").To(read.Enqueue);
            var run = job.Start(new JobOptions(), TestContext.Current.CancellationToken);
            await table.ExecuteAsync("INSERT INTO {t} VALUES (1, 'a')");
            await UntilAsync(() => Task.FromResult(read.Count == 1), run);
            await run.SavepointAsync(Path.Combine(directory, "older"), TestContext.Current.CancellationToken);
            await table.ExecuteAsync("INSERT INTO {t} VALUES (2, 'b')");
            await UntilAsync(() => Task.FromResult(read.Count == 2), run);
            var before = await table.ConfirmedAsync();
            await run.CheckpointAsync(TestContext.Current.CancellationToken);
            await UntilAsync(async () => await table.ConfirmedAsync() != before, run);
            await run.StopAsync(TestContext.Current.CancellationToken);

            var again = new Job($"older_{table.Name}");
            again.From(table.Source(static change => change.Key.Get<long>("id"))).Id("changes").To(read.Enqueue);
            var failure = await Assert.ThrowsAsync<JobException>(() => again.RunAsync(
                new JobOptions { RestoreFrom = Path.Combine(directory, "older") }, TestContext.Current.CancellationToken));
            Assert.Contains("the changes between are gone", failure.Message, StringComparison.Ordinal);
            Assert.Equal([1, 2], read);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_slow_job_holds_the_buffer_and_the_server_hears_of_it_all_the_while()
    {
        await using var table = await ChangedTable.MakeAsync(database, "id bigint PRIMARY KEY, name text");
        await table.ExecuteAsync("INSERT INTO {t} SELECT g, repeat('x', 1000) FROM generate_series(1, 5000) g");
        var events = new ConcurrentQueue<JobEvent>();
        var before = await table.ConfirmedAsync();
        using var goOn = new ManualResetEventSlim();
        var (read, made) = (0, 0);
        var job = new Job($"slow_{table.Name}");
        job.From(table.Source(
                change =>
                {
                    Interlocked.Increment(ref made);
                    return change.Key.Get<long>("id");
                },
                new PostgresChangesOptions { EndsWhenRead = true, BufferedChanges = 100 }))
            .To(_ =>
            {
                goOn.Wait(TestContext.Current.CancellationToken);
                read++;
            });
        var run = job.Start(
            new JobOptions { RestartStrategy = RestartStrategy.None, OnEvent = events.Enqueue }, TestContext.Current.CancellationToken);

        // The buffer is full, and the server hears of the reader after that.
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref made) >= 100), run);
        var heard = await table.HeardAsync();
        await UntilAsync(async () => await table.HeardAsync() > heard, run);
        var fetched = Volatile.Read(ref made);

        // Signs of life confirm nothing.
        Assert.Equal(before, await table.ConfirmedAsync());
        Assert.InRange(fetched, 100, 100 + 1024 + 1);
        goOn.Set();
        await run.Completion;
        Assert.Equal(5000, read);
        Assert.DoesNotContain(events, static happened => $"{happened}".Contains("is tried again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again_within_a_transaction()
    {
        await using var table = await ChangedTable.MakeAsync(database);
        await table.ExecuteAsync("INSERT INTO {t} SELECT g, 'n' FROM generate_series(1, 3000) g");
        var read = new List<long>();
        var job = new Job($"broken_{table.Name}");
        job.From(table.Source(
            static change => change.Key.Get<long>("id"), new PostgresChangesOptions { EndsWhenRead = true, BufferedChanges = 100 }))
            .To(id =>
            {
                read.Add(id);
                if (read.Count % 1000 == 0)
                {
                    table.EndReplicationAsync().Wait();
                }
            });
        await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 3000).Select(static id => (long)id), read);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, RunningJob run)
    {
        while (!await condition() && !run.Completion.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        if (run.Completion.IsCompleted)
        {
            await run.Completion;
        }
    }
}
