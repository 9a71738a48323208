using Weir.Databases.Tests.Doubles;
using Weir.Runtime;

namespace Weir.Databases.Tests;

/// <summary>
/// Two-phase commit of section I with a real server, the same for every database. Checkpoints are numbered from 1 here, from 0 in the
/// rules.
/// </summary>
public abstract class TransactionLaws
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
        await AssertPreparedAsync(job, 1);
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
        await AssertPreparedAsync(job, 0);
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
        await AssertPreparedAsync(job, 0);
        await first.DisposeAsync();
        Assert.Equal([42, 43], await IdsAsync(table));
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
            await AssertPreparedAsync(job, 0);
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
        await AssertPreparedAsync(job, 3);
        await using var next = await new SinkProcess(Sink(table), job, attempt: 2).StartAsync(states);
        Assert.Equal([1, 2, 11, 12, 21], await IdsAsync(table));
        await AssertPreparedAsync(job, 0);
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
        await AssertPreparedAsync(job, 0);
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
    public async Task A_transaction_without_rows_is_none()
    {
        var (table, job) = await NewAsync();
        await using var sink = await StartAsync(table, job);
        sink.Snapshot(1);
        await AssertPreparedAsync(job, 0);
        sink.Complete(1);
        sink.Write(42);
        sink.Snapshot(2);
        sink.Complete(2);
        Assert.Equal([42], await IdsAsync(table));
    }

    /// <summary>A sink that writes to a table.</summary>
    protected abstract ITransactionalSink<Row> Sink(string table, bool acceptsLost = false);

    /// <summary>Makes a table of rows; its name.</summary>
    protected abstract Task<string> TableAsync();

    /// <summary>The ids that a reader sees, in order.</summary>
    protected abstract Task<IReadOnlyList<long>> IdsAsync(string table);

    /// <summary>How many transactions of a job the server holds prepared; null for one that prepares none.</summary>
    protected abstract Task<int?> PreparedAsync(string job);

    /// <summary>What somebody does who finds them in the way.</summary>
    protected virtual Task RollBackAsync(string job) => Task.CompletedTask;

    private protected Task<SinkProcess> StartAsync(string table, string job) => new SinkProcess(Sink(table), job).StartAsync();

    protected async Task<(string Table, string Job)> NewAsync()
    {
        var table = await TableAsync();
        return (table, $"job-{table}");
    }

    private static IEnumerable<long> Many(long first) => Enumerable.Range(0, 5_000).Select(id => first + id);

    private async Task AssertPreparedAsync(string job, int count) => Assert.Equal(count, await PreparedAsync(job) ?? count);
}
