using Weir.Runtime.Checkpoints.Protocol;
using static Weir.Runtime.Checkpoints.Protocol.CheckpointFailureReason;

namespace Weir.Runtime.Tests.Checkpoints.Protocol;

public sealed class CheckpointFailureCounterTests
{
    [Fact]
    public void G5_the_third_counted_failure_in_a_row_exceeds_two_and_a_subsumed_one_does_not_count()
    {
        var counter = new CheckpointFailureCounter(2).OnFailure(new(1), Declined).OnFailure(new(2), Expired).OnFailure(new(3), Subsumed);
        Assert.False(counter.IsExceeded);
        Assert.True(counter.OnFailure(new(4), ManifestNotStored).IsExceeded);
    }

    [Fact]
    public void G5_a_success_resets_the_count() => Assert.False(new CheckpointFailureCounter(2)
        .OnFailure(new(1), Declined).OnFailure(new(2), Declined).OnSuccess(new(4)).OnFailure(new(5), Declined).IsExceeded);

    [Fact]
    public void G5_one_checkpoint_that_fails_repeatedly_counts_once() => Assert.False(new CheckpointFailureCounter(1)
        .OnFailure(new(1), Declined).OnFailure(new(1), Expired).OnFailure(new(1), Declined).IsExceeded);

    [Fact]
    public void G5_failures_of_checkpoints_up_to_the_last_success_are_ignored() => Assert.False(new CheckpointFailureCounter(0)
        .OnSuccess(new(3)).OnFailure(new(2), Expired).OnFailure(new(3), Expired).IsExceeded);
}
