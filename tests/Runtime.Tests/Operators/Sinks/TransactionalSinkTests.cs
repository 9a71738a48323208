using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Sinks;

/// <summary>Two-phase commit. Checkpoints are numbered from 1 here, from 0 in the rules.</summary>
public sealed class TransactionalSinkTests
{
    private readonly MemorySink<string> _world = new();
    private readonly InlineWork _work = new();
    private TransactionalSink<string, string> _sink = null!;

    public TransactionalSinkTests() => Restart();

    [Fact]
    public void I1_completion_commits_what_was_cut_before_it()
    {
        WriteThree();
        Complete(2);
        Assert.Equal(["42", "43"], _world.Committed);
        Assert.Equal(["t2.0", "t3.0"], _world.Unfinished);
    }

    [Fact]
    public void I2_notifications_may_be_missed_and_come_out_of_order()
    {
        WriteThree();
        Complete(3);
        Complete(2);
        Complete(3);
        Assert.Equal(["42", "43", "44"], _world.Committed);
        Assert.Equal(["t3.0"], _world.Unfinished);
        Assert.Equal(3, _world.Log.Count(line => line.StartsWith("commit", StringComparison.Ordinal)));
    }

    [Fact]
    public void I3_a_crash_before_the_notification_loses_and_doubles_nothing()
    {
        Write("42");
        Snapshot(1);
        Write("43");
        var snapshot = Snapshot(2);
        Write("44");
        Restart(snapshot);
        Assert.Equal(["42", "43"], _world.Committed);
        Assert.DoesNotContain("44", _world.Committed);
        Assert.Equal(["t3.0"], _world.Unfinished);
    }

    [Fact]
    public async Task I4_a_commit_that_fails_at_recovery_fails_the_recovery_by_name_and_the_next_one_makes_it_good()
    {
        Write("42");
        var snapshot = Snapshot(1);
        _world.CommitFailure = new IOException("disk full");
        Restart();
        _sink.Restore(snapshot);
        var failure = await Assert.ThrowsAsync<OperatorException>(
            async () => await _sink.RecoverAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Operator 'To-1' of job 'j' failed in subtask 0, recovering transactions of a list in memory: disk full",
            failure.Message);
        Assert.Empty(_world.Committed);

        _world.CommitFailure = null;
        Restart(snapshot);
        Assert.Equal(["42"], _world.Committed);
    }

    [Fact]
    public void R12_a_commit_that_fails_revokes_nothing_and_a_later_completion_covers_it()
    {
        Write("42");
        Snapshot(1);
        Write("43");
        var snapshot = Snapshot(2);
        _world.CommitFailure = new IOException("disk full");
        Assert.Throws<OperatorException>(() => Complete(2));

        _world.CommitFailure = null;
        Restart(snapshot);
        Assert.Equal(["42", "43"], _world.Committed);
        Write("44");
        Snapshot(3);
        Snapshot(4);
        Complete(4);
        Assert.Equal(["42", "43", "44"], _world.Committed);
    }

    [Fact]
    public void I6_after_the_final_barrier_no_transaction_is_begun_and_records_are_an_error()
    {
        Write("42");
        Snapshot(1);
        Write("43");
        Snapshot(2, isFinal: true);
        var last = Snapshot(3, isFinal: true);
        Assert.Throws<InvariantException>(() => Write("44"));
        Complete(2);
        Assert.Equal(["42", "43"], _world.Committed);
        _world.Log.Clear();
        Restart(last);
        Assert.DoesNotContain(_world.Log, line => line.StartsWith("abort", StringComparison.Ordinal));
        Assert.Equal(["42", "43"], _world.Committed);
    }

    [Fact]
    public void I7_recovery_commits_what_waited_then_aborts_what_was_open_then_begins()
    {
        WriteThree();
        var snapshot = Snapshot(4);
        _world.Log.Clear();
        Restart(snapshot);
        Assert.Equal(["commit t0.0", "commit t1.0", "commit t2.0", "commit t3.0", "abort t4.0", "clean up", "begin t5.0"], _world.Log);
        Assert.Equal(["42", "43", "44"], _world.Committed);

        // Once more: the usual crash is after the commit and before anybody wrote it down.
        Restart(snapshot);
        Assert.Equal(["42", "43", "44"], _world.Committed);
    }

    [Fact]
    public void I10_transactions_of_several_old_subtasks_are_committed_by_the_new_one()
    {
        Write("42");
        var first = Snapshot(1);
        Restart();
        Write("43");
        var second = Snapshot(1);
        Restart(new OperatorState("To-1", [], [.. first.Items, .. second.Items], []));
        Assert.Equal(["42", "43"], _world.Committed.Order());
    }

    [Fact]
    public void I12_nothing_is_committed_before_the_final_checkpoint_completes_and_nothing_after()
    {
        Write("42");
        Snapshot(1, isFinal: true);
        Assert.Empty(_world.Committed);
        Complete(1);
        Complete(1);
        Assert.Equal(["42"], _world.Committed);
        Assert.Empty(_world.Unfinished);
    }

    [Fact]
    public void A_declined_checkpoint_aborts_nothing_and_is_part_of_every_later_snapshot()
    {
        Write("42");
        Snapshot(1);
        Write("43");
        var snapshot = Snapshot(2);
        Assert.DoesNotContain(_world.Log, line => line.StartsWith("abort", StringComparison.Ordinal));
        Restart(snapshot);
        Assert.Equal(["42", "43"], _world.Committed);
    }

    [Fact]
    public void A_commit_that_fails_names_the_operator_the_sink_and_the_checkpoint()
    {
        Write("42");
        Snapshot(1);
        _world.CommitFailure = new IOException("disk full");
        var failure = Assert.Throws<OperatorException>(() => Complete(1));
        Assert.Equal("Operator 'To-1' of job 'j' failed in subtask 0, committing chk-1 into a list in memory: disk full", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
    }

    private void WriteThree()
    {
        Write("42");
        Snapshot(1);
        Write("43");
        Snapshot(2);
        Write("44");
        Snapshot(3);
    }

    private void Write(string value)
    {
        var batch = new Batch<string>(1);
        batch.Add(value);
        _sink.OnBatch(batch);
    }

    private OperatorState Snapshot(long checkpoint, bool isFinal = false)
    {
        var id = new CheckpointId(checkpoint);
        _sink.OnBarrier(new Weir.Runtime.Streams.Barrier(new CheckpointName(1, id), isFinal));
        _sink.Poll();
        Assert.True(_sink.IsPreCommitted(id));
        var writer = new OperatorStateWriter(_sink.Id);
        _sink.Snapshot(id, writer);
        return writer.ToState();
    }

    private void Complete(long checkpoint)
    {
        var id = new CheckpointId(checkpoint);
        _sink.Commit(id);
        _sink.Poll();
        Assert.True(_sink.IsCommitted(id));
    }

    private void Restart(OperatorState? state = null)
    {
        var writer = (TwoPhaseCommitSink<string, string>)_world.Open(new SinkContext("j", "To-1", 0, 1, default, TimeProvider.System));
        _sink = new TransactionalSink<string, string>(
            writer, "To-1", _world.Description, new SubtaskContext(TestJob.Context("j", _work), 0, 0, 1));
        if (state is not null)
        {
            _sink.Restore(state);
            Assert.True(_sink.RecoverAsync(CancellationToken.None).IsCompletedSuccessfully);
            Assert.True(_sink.CleanUpAsync(new RecoveryContext(null, []), CancellationToken.None).IsCompletedSuccessfully);
        }

        _sink.Open();
    }
}
