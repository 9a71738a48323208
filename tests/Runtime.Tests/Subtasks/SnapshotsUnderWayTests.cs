using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

public sealed class SnapshotsUnderWayTests
{
    private static readonly CheckpointName First = new(1, new CheckpointId(1));

    [Fact]
    public void A_state_that_cannot_be_put_aside_fails_the_attempt_and_names_its_operator()
    {
        var snapshots = Of(_ => throw new FormatException("no codec for that"));
        var failure = Assert.Throws<OperatorException>(() => Begin(snapshots));
        Check(failure);
    }

    [Fact]
    public void A_state_that_cannot_be_encoded_fails_the_attempt_and_names_its_operator()
    {
        var snapshots = Of(writer => writer.AddKeyGroupsLater(() => throw new FormatException("no codec for that")));
        Begin(snapshots);
        var failure = Assert.Throws<OperatorException>(snapshots.TryFinish);
        Check(failure);
    }

    [Fact]
    public void A_state_that_cannot_be_stored_declines_the_checkpoint_alone()
    {
        var snapshots = Of(writer => writer.AddKeyGroupsLater(() => throw new IOException("disk full")));
        Begin(snapshots);
        var declined = Assert.IsType<SubtaskReport.Declined>(snapshots.TryFinish());
        Assert.Equal("the state of operator 'totals' could not be stored: disk full", declined.Reason);
    }

    private static void Begin(SnapshotsUnderWay snapshots)
    {
        snapshots.Begin(new Weir.Runtime.Streams.Barrier(First, IsFinal: false), default, default, 0);
        snapshots.GoOn(0);
    }

    private static void Check(OperatorException failure)
    {
        Assert.Equal("totals", failure.OperatorId);
        Assert.Equal(
            "Operator 'totals' of job 'sums' failed in subtask 2, writing its state for a checkpoint: no codec for that", failure.Message);
        Assert.IsType<FormatException>(failure.InnerException);
    }

    private static SnapshotsUnderWay Of(Action<OperatorStateWriter> snapshot) =>
        new(new SubtaskId(1, 2), [new Remembering(snapshot)], [], TestJob.Context("sums"));

    private sealed class Remembering(Action<OperatorStateWriter> snapshot) : IStatefulOperator
    {
        public string Id => "totals";

        public IReadOnlyList<SchemaMember> Schemas => [];

        public void Snapshot(OperatorStateWriter writer) => snapshot(writer);

        public void Restore(OperatorState state)
        {
        }
    }
}
