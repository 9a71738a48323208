using System.Globalization;
using Npgsql;
using Weir.Databases.Tests.Doubles;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>Tests that stop the server, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServerRestarts
{
    public const string Name = "server restarts";
}

/// <summary>A server that goes down and comes back in the middle of everything.</summary>
[Collection(ServerRestarts.Name)]
public sealed class ServerRestartTests(Database database)
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task What_was_prepared_outlives_the_server_and_is_committed(string mode)
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        sink.Snapshot(1);
        await database.ControlAsync("restart", mode);
        sink.Complete(1);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task A_commit_waits_for_a_server_that_is_down_and_the_user_hears_of_it()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        sink.Snapshot(1);
        await database.ControlAsync("stop");
        var complete = Task.Run(() => sink.Complete(1), TestContext.Current.CancellationToken);
        await UntilAsync(() => sink.Warnings.Count > 0);
        await database.ControlAsync("start");
        await complete;
        Assert.Equal([42], await IdsAsync(table));
        Assert.StartsWith(
            $"Committing 'weir/{job}/To-1/run-0000000000000000/attempt-1/subtask-0/chk-1' of chk-1 of attempt 1 failed, and is tried "
                + "again:",
            sink.Warnings[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_away_fails_the_call_before_its_time_is_over()
    {
        var (table, job) = await NewAsync();
        await using var sink = await new SinkProcess(Sink(table), job, limit: TimeSpan.FromSeconds(1)).StartAsync();
        sink.Write(42);
        var snapshot = sink.Snapshot(1);
        await database.ControlAsync("stop");
        try
        {
            var failure = Assert.Throws<OperatorException>(() => sink.Complete(1));
            Assert.IsType<IOException>(failure.InnerException);
            Assert.Contains("for as long as one call may take (JobOptions.CallTimeout)", failure.Message, StringComparison.Ordinal);
            Assert.Contains("attempt-1/subtask-0/chk-1' of chk-1 of attempt 1", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            await database.ControlAsync("start");
        }

        await using var next = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(snapshot);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task Rows_that_are_still_at_hand_are_sent_to_the_server_that_came_back()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42, 43);
        await database.ControlAsync("restart", "immediate");
        sink.Snapshot(1);
        sink.Complete(1);
        Assert.Equal([42, 43], await IdsAsync(table));
    }

    [Fact]
    public async Task Rows_that_were_sent_and_not_prepared_are_lost_with_the_server_and_the_attempt_fails()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(Enumerable.Range(0, 5_000).Select(id => (long)id));
        await database.ControlAsync("restart", "immediate");
        var failure = Assert.Throws<OperatorException>(() => sink.Snapshot(1));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Contains("was lost with ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The job goes back to its newest checkpoint", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await IdsAsync(table));
        Assert.Empty(await database.PreparedAsync(job));
    }

    [Fact]
    public async Task A_job_goes_on_through_restarts_of_the_server_with_the_table_of_an_undisturbed_run()
    {
        const int Rows = 30_000;
        var (table, _) = await NewAsync();
        var job = new Job("restarts");
        Row[] rows = [.. Enumerable.Range(0, Rows).Select(id => Row.Of(id))];
        job.From(rows).To(Sink(table));
        var checkpoints = 0;
        var run = job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(20),
                MaxRecordsPerSecond = 10_000,
                RestartStrategy = RestartStrategy.FixedDelay(100, TimeSpan.FromMilliseconds(20)),
                OnEvent = happened => checkpoints += happened is JobEvent.CheckpointCompleted ? 1 : 0,
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 4; i++)
        {
            var seen = Volatile.Read(ref checkpoints);
            await UntilAsync(() => Volatile.Read(ref checkpoints) > seen + 3 || run.IsCompleted);
            await database.ControlAsync("restart", i % 2 == 0 ? "immediate" : "fast");
        }

        var result = await run;
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{Rows}/{Rows}/{Rows - 1}"),
            await database.ScalarAsync<string>($"SELECT count(*) || '/' || count(DISTINCT id) || '/' || max(id) FROM {table}"));
        Assert.Empty(await database.PreparedAsync("restarts"));
    }

    [Fact]
    public async Task A_session_that_idles_too_long_is_told_of_before_the_server_ends_it()
    {
        var (table, job) = await NewAsync();
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Options = "-c idle_in_transaction_session_timeout=2000",
        };
        await using var sink = await new SinkProcess(Postgres.Write<Row>(settings.ConnectionString, table, RowTable.Columns), job)
            .StartAsync();
        sink.Write(Enumerable.Range(0, 5_000).Select(id => (long)id));
        await UntilAsync(() => sink.Warnings.Count > 0);
        Assert.Contains("(idle_in_transaction_session_timeout)", sink.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("the server ends it after 2 s", sink.Warnings[0], StringComparison.Ordinal);
    }

    // Looks again and again; the time-out of the test ends what never comes.
    private static async Task UntilAsync(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private ITransactionalSink<Row> Sink(string table) => Postgres.Write<Row>(database.ConnectionString, table, RowTable.Columns);

    private Task<SinkProcess> StartAsync(string table, string job) => new SinkProcess(Sink(table), job).StartAsync();

    private async Task<(string Table, string Job)> NewAsync()
    {
        var table = await database.TableAsync(RowTable.Definition);
        return (table, $"job_{table}");
    }

    private Task<IReadOnlyList<long>> IdsAsync(string table) => database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id");
}
