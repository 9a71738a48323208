using Weir.Runtime.Operators;
using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

/// <summary>H26: when a failure is the same one again.</summary>
public sealed class RepeatedFailureTests
{
    private static readonly CheckpointName First = new(1, new(1));
    private static readonly CheckpointName Second = new(2, new(2));

    [Fact]
    public void The_third_failure_at_the_same_place_is_one_too_many()
    {
        var failures = new RepeatedFailure(3);
        foreach (var isExceeded in (bool[])[false, false, true])
        {
            failures = failures.OnFailure(At(0, 1000), First);
            Assert.Equal(isExceeded, failures.IsExceeded);
        }
    }

    [Fact]
    public void A_newer_checkpoint_changes_nothing_where_the_place_is_known() =>
        Assert.True(new RepeatedFailure(2).OnFailure(At(500, 600), First).OnFailure(At(500, 600), Second).IsExceeded);

    [Fact]
    public void Another_place_another_operator_or_another_exception_begins_anew()
    {
        var once = new RepeatedFailure(2).OnFailure(At(500, 600), First);
        Assert.False(once.OnFailure(At(600, 700), First).IsExceeded);
        Assert.False(once.OnFailure(Thrown(new FormatException("no"), "other").At(new RecordRange("rows.csv", 500, 600), 100), First)
            .IsExceeded);
        Assert.False(once.OnFailure(Thrown(new InvalidOperationException("no")).At(new RecordRange("rows.csv", 500, 600), 100), First)
            .IsExceeded);
        Assert.False(once.OnFailure(At(600, 700), First).OnFailure(At(500, 600), First).IsExceeded);
    }

    [Fact]
    public void Batches_that_begin_elsewhere_after_a_checkpoint_still_share_the_failing_record()
    {
        var twice = new RepeatedFailure(3).OnFailure(At(500, 600), First).OnFailure(At(590, 690), Second);
        Assert.True(twice.OnFailure(At(595, 596), Second).IsExceeded);
        Assert.False(twice.OnFailure(At(500, 590), Second).IsExceeded);
    }

    [Fact]
    public void Behind_an_exchange_the_message_and_the_newest_checkpoint_must_be_the_same()
    {
        var once = new RepeatedFailure(2).OnFailure(Thrown(new FormatException("key 7")), First);
        Assert.True(once.OnFailure(Thrown(new FormatException("key 7")), First).IsExceeded);
        Assert.False(once.OnFailure(Thrown(new FormatException("key 8")), First).IsExceeded);
        Assert.False(once.OnFailure(Thrown(new FormatException("key 7")), Second).IsExceeded);
    }

    [Fact]
    public void The_outside_world_may_fail_for_ever()
    {
        Exception[] outside = [new IOException("gone"), new TimeoutException(), new HttpRequestException(),
            new InvalidOperationException("x", new IOException())];
        foreach (var cause in outside)
        {
            Assert.Equal(0, new RepeatedFailure(1).OnFailure(Thrown(cause).At(new RecordRange("rows.csv", 500, 600), 100), First).Count);
        }

        Assert.Equal(0, new RepeatedFailure(1).OnFailure(new InvalidOperationException("not in a function"), First).Count);
        Assert.Equal(0, new RepeatedFailure(1).OnFailure(OperatorFailure.Of("To-1", "job", 0, "committing", new FormatException()), First)
            .Count);
    }

    [Fact]
    public void A_pipeline_that_cannot_be_built_fails_the_same_if_it_says_the_same()
    {
        var once = new RepeatedFailure(2).OnFailure(new UnbuiltException("job", new InvalidCastException("no such exchange")), null);
        Assert.True(once.OnFailure(new UnbuiltException("job", new InvalidCastException("no such exchange")), First).IsExceeded);
        Assert.False(once.OnFailure(new UnbuiltException("job", new InvalidCastException("another")), null).IsExceeded);
    }

    [Fact]
    public void A_limit_of_0_restarts_for_ever() =>
        Assert.False(new RepeatedFailure(0).OnFailure(At(500, 600), First).OnFailure(At(500, 600), First).IsExceeded);

    private static OperatorException At(long from, long to) =>
        Thrown(new FormatException("no")).At(new RecordRange("rows.csv", from, to), 100);

    private static OperatorException Thrown(Exception cause, string id = "Select-1") =>
        OperatorFailure.Of(id, "job", 0, "handling a batch", cause, isInFunction: true);
}
