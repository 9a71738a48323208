using MySqlConnector;
using Weir.Databases.Tests.Doubles;
using Weir.MySqlServers.Tests.Doubles;

namespace Weir.MySqlServers.Tests.Writing;

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
    public async Task A_commit_that_was_made_before_a_crash_of_the_server_is_known_after_it()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42);
        var snapshot = sink.Snapshot(1);
        sink.Complete(1);
        await database.ControlAsync("restart", "immediate");
        await using var next = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(snapshot);
        Assert.Equal([42], await IdsAsync(table));
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
            Assert.Contains("/att-1/sub-0/tx-1' of chk-1 of attempt 1", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            await database.ControlAsync("start");
        }

        await using var next = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(snapshot);
        Assert.Equal([42], await IdsAsync(table));
    }

    [Fact]
    public async Task Rows_that_are_still_at_hand_are_sent_to_the_server_that_came_back_and_others_fail_the_attempt()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Write(42, 43);
        await database.ControlAsync("restart", "immediate");
        sink.Snapshot(1);
        sink.Complete(1);
        Assert.Equal([42, 43], await IdsAsync(table));
        sink.Write(Enumerable.Range(0, 5_000).Select(id => (long)id));
        await database.ControlAsync("restart", "immediate");
        var failure = Assert.Throws<OperatorException>(() => sink.Snapshot(2));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Contains("The job goes back to its newest checkpoint", failure.Message, StringComparison.Ordinal);
        Assert.Equal([42, 43], await IdsAsync(table));
        Assert.Empty(await database.PreparedAsync(job));
    }

    [Fact]
    public async Task A_session_that_idles_too_long_is_told_of_before_the_server_ends_it()
    {
        var (table, job) = await NewAsync();
        await database.ExecuteAsync("SET GLOBAL idle_transaction_timeout = 2");
        try
        {
            await MySqlConnection.ClearAllPoolsAsync();
            await using var sink = await StartAsync(table, job);
            sink.Write(Enumerable.Range(0, 5_000).Select(id => (long)id));
            while (sink.Warnings.Count == 0)
            {
                await Task.Yield();
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }

            Assert.Contains("the server ends it after 2 s (idle_transaction_timeout)", sink.Warnings[0], StringComparison.Ordinal);
        }
        finally
        {
            await database.ExecuteAsync("SET GLOBAL idle_transaction_timeout = 0");
        }
    }

    private ITransactionalSink<Row> Sink(string table) => MySql.Write<Row>(database.ConnectionString, table, RowTable.Columns);

    private Task<SinkProcess> StartAsync(string table, string job) => new SinkProcess(Sink(table), job).StartAsync();

    private async Task<(string Table, string Job)> NewAsync()
    {
        var table = await database.TableAsync(RowTable.Definition);
        return (table, $"job_{table}");
    }

    private Task<IReadOnlyList<long>> IdsAsync(string table) => database.ListAsync<long>($"SELECT id FROM {table} ORDER BY id");
}
