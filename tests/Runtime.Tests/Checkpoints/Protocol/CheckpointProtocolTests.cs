using Weir.Runtime.Checkpoints.Protocol;
using static Weir.Runtime.Checkpoints.Protocol.CheckpointAction;
using static Weir.Runtime.Checkpoints.Protocol.CheckpointEvent;
using static Weir.Runtime.Tests.Checkpoints.Protocol.ProtocolScript;

namespace Weir.Runtime.Tests.Checkpoints.Protocol;

public sealed class CheckpointProtocolTests
{
    [Fact]
    public void G1_a_checkpoint_completes_when_all_have_acknowledged_and_it_exists() => Play(1, 0,
        new Triggered(), "inject 1",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Decided(One), "complete 1");

    [Fact]
    public void G1_two_concurrent_checkpoints_complete_independently() => Play(2, 0,
        new Triggered(), "inject 1",
        new Triggered(), "inject 2",
        new Acknowledged(One, Source), "",
        new Acknowledged(Two, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Acknowledged(Two, Sink), "",
        new Decided(One), "complete 1; decide 2",
        new Decided(Two), "complete 2");

    [Fact]
    public void G2_a_newer_checkpoint_that_completes_disposes_of_the_older_one() => Play(2, 0,
        new Triggered(), "inject 1",
        new Triggered(), "inject 2",
        new Acknowledged(One, Source), "",
        new Acknowledged(Two, Source), "",
        new Acknowledged(Two, Sink), "decide 2",
        new Decided(Two), "forget 1 Subsumed; complete 2",
        new Acknowledged(One, Sink), "");

    [Fact]
    public void G3_a_checkpoint_that_times_out_is_forgotten_and_nobody_is_told_that_it_completed() => Play(1, 1,
        new Triggered(), "inject 1",
        new Acknowledged(One, Source), "",
        new Expired(One), "forget 1 Expired",
        new Acknowledged(One, Sink), "",
        new Triggered(), "inject 2");

    [Fact]
    public void G5_more_failures_in_a_row_than_are_tolerated_fail_the_attempt() => Play(1, 1,
        new Triggered(), "inject 1",
        new Declined(One, Sink, "disk full"), "forget 1 Declined",
        new Triggered(), "inject 2",
        new Expired(Two), "forget 2 Expired; fail",
        new Triggered(), "");

    [Fact]
    public void G7_by_default_one_checkpoint_runs_at_a_time_and_no_failure_is_tolerated() => Play(1, 0,
        new Triggered(), "inject 1",
        new Triggered(), "",
        new Declined(One, Sink, "disk full"), "forget 1 Declined; fail");

    [Fact]
    public void A_declined_checkpoint_aborts_nothing_and_the_next_one_covers_it() => Play(1, 5,
        new Triggered(), "inject 1",
        new Acknowledged(One, Source), "",
        new Declined(One, Sink, "too slow"), "forget 1 Declined",
        new Triggered(), "inject 2");

    [Fact]
    public void An_acknowledgement_counts_once_however_often_it_comes() => Play(1, 0,
        new Triggered(), "inject 1",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Acknowledged(One, Sink), "");

    [Theory]
    [InlineData(true, "complete 1")]
    [InlineData(false, "forget 1 ManifestNotStored")]
    [InlineData(null, "fail")]
    public void When_the_decisions_answer_is_lost_the_store_is_asked_and_nothing_is_assumed(bool? exists, string then) => Play(1, 1,
        new Triggered(), "inject 1",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new DecisionLost(One, "time-out"), "ask 1",
        new Declined(One, Sink, "late"), "",
        new OutcomeKnown(One, exists, "time-out"), then);

    [Fact]
    public void A_decision_that_is_not_answered_in_time_fails_the_attempt_because_it_may_have_been_made() => Play(1, 5,
        new Triggered(), "inject 1",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Expired(One), "fail");

    [Fact]
    public void After_the_last_source_is_exhausted_and_pending_checkpoints_have_ended_comes_the_final_one() => Play(1, 0,
        new Triggered(), "inject 1",
        new Exhausted(Source), "",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Decided(One), "complete 1; inject final 2",
        new Triggered(), "",
        new Acknowledged(Two, Source), "",
        new Acknowledged(Two, Sink), "decide 2",
        new Decided(Two), "complete final 2",
        new Committed(One, Source), "",
        new Committed(Two, Source), "",
        new CommitOverdue(), "remind 1.0",
        new Committed(Two, Sink), "finish",
        new CommitOverdue(), "");

    [Fact]
    public void Who_has_not_committed_the_newest_checkpoint_is_told_again_for_a_sink_may_wait_for_it() => Play(1, 0,
        new Triggered(), "inject 1",
        new CommitOverdue(), "",
        new Acknowledged(One, Source), "",
        new Acknowledged(One, Sink), "decide 1",
        new Decided(One), "complete 1",
        new Committed(One, Source), "",
        new Triggered(), "inject 2",
        new CommitOverdue(), "remind 1.0",
        new Committed(One, Sink), "",
        new CommitOverdue(), "");

    [Fact]
    public void A_pending_checkpoint_that_is_declined_makes_way_for_the_final_one() => Play(1, 1,
        new Triggered(), "inject 1",
        new Exhausted(Source), "",
        new Declined(One, Sink, "slow"), "forget 1 Declined; inject final 2");

    [Fact]
    public void A_final_checkpoint_that_fails_is_followed_by_another_as_long_as_that_is_tolerated() => Play(1, 1,
        new Exhausted(Source), "inject final 1",
        new Declined(One, Sink, "disk full"), "forget 1 Declined; inject final 2",
        new Declined(Two, Sink, "disk full"), "forget 2 Declined; fail");

    [Fact]
    public void Numbers_go_on_from_the_newest_checkpoint_that_exists()
    {
        var protocol = new CheckpointProtocol([Source, Sink], [Source], Two, 1, 0);
        Assert.Equal("inject 3", Text(protocol.On(new Triggered()).Actions));
    }

    [Fact]
    public void A_job_without_a_source_takes_its_final_checkpoint_at_once() =>
        Assert.Equal("inject final 1", Text(new CheckpointProtocol([Sink], [], default, 1, 0).Start().Actions));

    [Fact]
    public void In_any_order_of_events_a_checkpoint_is_completed_once_after_it_was_decided_and_never_forgotten_then()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var protocol = new CheckpointProtocol([Source, Sink], [Source], default, 3, 1000);
            var completed = new HashSet<CheckpointId>();
            var decided = new HashSet<CheckpointId>();
            var saved = new HashSet<CheckpointId>();
            var answered = new HashSet<long>();
            for (var step = 0; step < 60; step++)
            {
                var id = new CheckpointId(random.Next(1, 6));
                CheckpointEvent happens = random.Next(10) switch
                {
                    9 => Ask(step, (RequestKind)(random.Next(40) / 13)),
                    0 => new Triggered(),
                    1 or 2 => new Acknowledged(id, Source),
                    3 or 4 => new Acknowledged(id, Sink),
                    5 or 6 => random.Next(2) == 0 ? new Decided(id) : new DecisionLost(id, ""),
                    7 => new OutcomeKnown(id, random.Next(2) == 0, ""),
                    _ => new Declined(id, Sink, ""),
                };
                (protocol, var actions) = protocol.On(happens);
                foreach (var action in actions)
                {
                    switch (action)
                    {
                        case Decide decide:
                            Assert.True(decided.Add(decide.Checkpoint), $"seed {seed}");
                            break;
                        case Save save:
                            Assert.True(saved.Add(save.Checkpoint) && !decided.Contains(save.Checkpoint), $"seed {seed}");
                            break;
                        case Saved save:
                            Assert.Contains(save.Checkpoint, saved);
                            break;
                        case InjectBarriers order:
                            foreach (var request in order.Requests)
                            {
                                Assert.True(answered.Add(request), $"seed {seed}: request {request} was begun twice");
                            }

                            break;
                        case Join or Refuse:
                            Assert.True(answered.Add(action is Join join ? join.Request : ((Refuse)action).Request), $"seed {seed}");
                            break;
                        case Complete complete:
                            Assert.True(decided.Contains(complete.Checkpoint) && completed.Add(complete.Checkpoint), $"seed {seed}");
                            break;
                        case Forget forget:
                            Assert.False(completed.Contains(forget.Checkpoint), $"seed {seed}");
                            Assert.False(
                                saved.Contains(forget.Checkpoint) && forget.Why == CheckpointFailureReason.Subsumed, $"seed {seed}");
                            break;
                    }
                }

                Assert.True(protocol.Pending.Values.Count(pending => pending is { IsCopy: false, IsFinal: false }) <= 3, $"seed {seed}");
                Assert.True(protocol.Pending.Values.Count(pending => pending.IsCopy || pending.IsFinal) <= 2, $"seed {seed}");
            }
        }
    }
}
