using Weir.Runtime.Checkpoints.Protocol;
using static Weir.Runtime.Checkpoints.Protocol.CheckpointEvent;
using static Weir.Runtime.Tests.Checkpoints.Protocol.ProtocolScript;

namespace Weir.Runtime.Tests.Checkpoints.Protocol;

/// <summary>Checkpoints on demand, savepoints and stops: what is decided of them, as events and actions.</summary>
public sealed class CheckpointRequestsProtocolTests
{
    [Fact]
    public void G6_a_checkpoint_that_is_asked_for_begins_at_once_and_is_no_periodic_one() => Play(1, 0,
        Ask(1, RequestKind.Checkpoint), "inject 1 Manual for 1",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Decided(One), "complete 1");

    [Fact]
    public void G6_requests_wait_while_as_many_are_under_way_as_may_and_then_get_one_checkpoint_before_a_periodic_one() => Play(1, 1,
        new Triggered(), "inject 1",
        Ask(1, RequestKind.Checkpoint), "",
        Ask(2, RequestKind.Checkpoint), "",
        new Triggered(), "",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Decided(One), "complete 1; inject 2 Manual for 1,2");

    [Fact]
    public void G6_a_request_that_is_withdrawn_while_it_waits_begins_nothing() => Play(1, 1,
        new Triggered(), "inject 1",
        Ask(1, RequestKind.Checkpoint), "",
        new Withdrawn(1), "",
        new Expired(One), "forget 1 Expired",
        new Triggered(), "inject 2");

    [Fact]
    public void G6_a_savepoint_begins_whatever_is_under_way_and_a_second_one_waits_for_it() => Play(1, 1,
        new Triggered(), "inject 1",
        Ask(1, RequestKind.Savepoint), "inject 2 Savepoint for 1",
        Ask(2, RequestKind.Savepoint), "",
        new Acknowledged(Two, Source), "",
        new Acknowledged(Two, Sink), "save 2",
        new Decided(Two), "saved 2; inject 3 Savepoint for 2");

    [Fact]
    public void G6_of_requests_that_wait_the_more_urgent_comes_first_and_the_youngest_least_urgent_has_no_room()
    {
        var queue = new RequestQueue(3);
        CheckpointRequest? dropped = null;
        foreach (var (number, kind) in new[] { RequestKind.Checkpoint, RequestKind.Savepoint, RequestKind.Checkpoint,
            RequestKind.Savepoint }.Index())
        {
            (queue, dropped) = queue.Add(new CheckpointRequest(number, kind));
        }

        Assert.Equal([1, 3, 0], queue.Waiting.Select(request => request.Number));
        Assert.Equal(2, dropped?.Number);
    }

    [Fact]
    public void G6_more_requests_than_may_wait_are_refused()
    {
        var protocol = New(1, 1);
        (protocol, _) = protocol.On(new Triggered());
        for (var request = 1; request <= CheckpointProtocol.MaxWaitingRequests; request++)
        {
            (protocol, var none) = protocol.On(Ask(request, RequestKind.Checkpoint));
            Assert.Empty(none);
        }

        (protocol, var refused) = protocol.On(Ask(101, RequestKind.Checkpoint));
        Assert.Equal("refuse 101", Text(refused));
        Assert.Contains("too many requests", Assert.IsType<CheckpointAction.Refuse>(refused[0]).Reason, StringComparison.Ordinal);
        Assert.Equal("refuse 100; inject 2 Savepoint for 102", Text(protocol.On(Ask(102, RequestKind.Savepoint)).Actions));
    }

    [Fact]
    public void G4_a_checkpoint_that_completes_later_does_not_subsume_a_savepoint_nor_a_savepoint_a_checkpoint() => Play(1, 0,
        new Triggered(), "inject 1",
        Ask(1, RequestKind.Savepoint), "inject 2 Savepoint for 1",
        new Acknowledged(Two, Source), "",
        new Acknowledged(Two, Sink), "save 2",
        new Decided(Two), "saved 2",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        Ask(2, RequestKind.Savepoint), "inject 3 Savepoint for 2",
        new Decided(One), "complete 1",
        new Triggered(), "inject 4",
        new Acknowledged(Four, Source), "",
        new Acknowledged(Four, Sink), "decide 4",
        new Decided(Four), "complete 4",
        new Acknowledged(Three, Source), "",
        new Acknowledged(Three, Sink), "save 3");

    [Fact]
    public void G4_a_savepoint_that_fails_is_no_failure_of_the_job() => Play(1, 0,
        Ask(1, RequestKind.Savepoint), "inject 1 Savepoint for 1",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "save 1",
        new DecisionLost(One, "disk full"), "forget 1 SavepointNotStored",
        Ask(2, RequestKind.Savepoint), "inject 2 Savepoint for 2",
        new Declined(Two, Sink, "disk full"), "forget 2 Declined",
        Ask(3, RequestKind.Savepoint), "inject 3 Savepoint for 3",
        new Expired(Three), "forget 3 Expired",
        new Triggered(), "inject 4");

    [Fact]
    public void A_stop_is_a_final_checkpoint_before_the_end_of_the_sources() => Play(1, 0,
        Ask(1, RequestKind.Stop), "inject final 1",
        new Acknowledged(One, Source), "",
        Ask(2, RequestKind.Checkpoint), "join 2 1",
        Ask(3, RequestKind.Savepoint), "refuse 3",
        Ask(4, RequestKind.Stop), "",
        Ask(5, RequestKind.StopWithSavepoint), "refuse 5",
        new Triggered(), "",
        new Acknowledged(One, Sink), "decide 1",
        new Decided(One), "complete final 1",
        new Committed(One, Source), "",
        new Committed(One, Sink), "finish");

    [Fact]
    public void A_stop_does_not_wait_for_checkpoints_under_way_and_answers_all_who_wait_for_one() => Play(1, 0,
        new Triggered(), "inject 1",
        Ask(1, RequestKind.Checkpoint), "",
        Ask(2, RequestKind.Stop), "inject final 2 for 1",
        new Acknowledged(Two, Source), "",
        new Acknowledged(Two, Sink), "decide 2",
        new Decided(Two), "forget 1 Subsumed; complete final 2");

    [Fact]
    public void A_last_checkpoint_of_a_stop_that_fails_is_followed_by_another_as_long_as_that_is_tolerated() => Play(1, 1,
        Ask(1, RequestKind.Stop), "inject final 1",
        new Declined(One, Sink, "disk full"), "forget 1 Declined; inject final 2",
        new Declined(Two, Sink, "disk full"), "forget 2 Declined; fail");

    [Fact]
    public void A_stop_with_a_savepoint_that_cannot_be_written_fails_the_attempt_for_its_sources_read_no_more() => Play(1, 5,
        Ask(1, RequestKind.StopWithSavepoint), "inject final 1 Savepoint for 1",
        new Acknowledged(One, Source), "",
        new Declined(One, Sink, "disk full"), "forget 1 Declined; fail");

    [Fact]
    public void A_job_that_is_stopped_waits_for_a_savepoint_that_is_being_written() => Play(1, 0,
        Ask(1, RequestKind.Savepoint), "inject 1 Savepoint for 1",
        Ask(2, RequestKind.Stop), "inject final 2",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "save 1",
        new Acknowledged(Two, Source), "",
        new Acknowledged(Two, Sink), "decide 2",
        new Decided(Two), "complete final 2",
        new Committed(Two, Source), "",
        new Committed(Two, Sink), "",
        new Decided(One), "saved 1; finish");

    [Fact]
    public void H4_a_subtask_whose_source_has_ended_takes_part_in_each_checkpoint_like_any_other() => Play(1, 0,
        [Source, Other],
        new Exhausted(Source), "",
        new Triggered(), "inject 1",
        new Acknowledged(One, Other), "",
        new Acknowledged(One, Sink), "",
        new Acknowledged(One, Source), "decide 1",
        new Decided(One), "complete 1");

    [Fact]
    public void G3_who_had_not_acknowledged_when_time_was_up_is_named()
    {
        var protocol = New(1, 1);
        (protocol, _) = protocol.On(new Triggered());
        (protocol, _) = protocol.On(new Acknowledged(One, Source));
        var forget = Assert.IsType<CheckpointAction.Forget>(Assert.Single(protocol.On(new Expired(One)).Actions));
        Assert.Equal(Sink, forget.Subtask);
        Assert.Contains($"1 of 2 subtasks had not acknowledged, {Sink} among them", forget.Reason, StringComparison.Ordinal);
    }
}
