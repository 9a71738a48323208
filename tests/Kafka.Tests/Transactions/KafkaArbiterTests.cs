using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Transactions;

/// <summary>Which checkpoint counts, and who owns the job, with a model of the broker.</summary>
public sealed class KafkaArbiterTests
{
    private readonly ModelLog _broker = new();
    private readonly MemoryCheckpointStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_start_claims_the_job_before_anything_else()
    {
        var point = await Start("a").FenceAndReadAsync(new RunId(7), Cancellation);
        Assert.Empty(point.Candidates);
        Assert.Equal(1, point.Attempt);
        var claim = Assert.Single(_broker.Committed);
        Assert.Equal((1, null), (claim.Attempt, claim.Checkpoint));
        Assert.Equal(["a init", "a commit done"], _broker.Log);
    }

    [Fact]
    public async Task What_was_committed_is_where_the_next_process_begins()
    {
        var first = Start("a");
        var name = await CommitAsync(first, await first.FenceAndReadAsync(new RunId(7), Cancellation), 1);
        var point = await Start("b").FenceAndReadAsync(new RunId(8), Cancellation);
        Assert.Equal([name], point.Candidates);
        Assert.Equal(2, point.Attempt);
        Assert.Equal(new RunId(7), point.RunId);
    }

    [Fact]
    public async Task A_checkpoint_that_is_durable_and_was_not_committed_does_not_count_and_its_number_is_not_used_again()
    {
        var first = Start("a");
        var begun = await first.FenceAndReadAsync(new RunId(7), Cancellation);
        var one = await CommitAsync(first, begun, 1);
        _broker.TimeOut();
        await Assert.ThrowsAsync<TransactionLostException>(async () => await CommitAsync(first, begun, 2));
        var point = await Start("b").FenceAndReadAsync(new RunId(8), Cancellation);
        Assert.Equal([one], point.Candidates);
        Assert.Equal(2, point.Last.Value);
    }

    [Fact]
    public async Task A_process_that_dies_between_its_first_checkpoint_and_the_commit_is_followed_by_one_that_begins_anew()
    {
        var first = Start("a");
        var begun = await first.FenceAndReadAsync(new RunId(7), Cancellation);
        await _store.WriteManifestAsync("job", Name(begun, 1), new byte[] { 1 }, Cancellation);
        var point = await Start("b").FenceAndReadAsync(new RunId(8), Cancellation);
        Assert.Empty(point.Candidates);
        Assert.Equal(1, point.Last.Value);
    }

    [Fact]
    public async Task A_commit_that_does_not_answer_is_asked_for_again_and_nothing_else_is_done_meanwhile()
    {
        var arbiter = Start("a");
        var begun = await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        _broker.Log.Clear();
        _broker.Commits.Enqueue("again");
        _broker.Commits.Enqueue("again");
        await CommitAsync(arbiter, begun, 1);
        Assert.Equal(["a commit again", "a commit again", "a commit done"], _broker.Log);
    }

    [Fact]
    public async Task A_transaction_that_a_record_is_missing_of_is_aborted_and_fails_the_attempt()
    {
        var arbiter = Start("a");
        var begun = await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        _broker.Commits.Enqueue("abort");
        var failure = await Assert.ThrowsAsync<TransactionLostException>(async () => await CommitAsync(arbiter, begun, 1));
        Assert.Contains("they come again behind the newest checkpoint", failure.Message, StringComparison.Ordinal);
        Assert.Equal("a abort", _broker.Log[^1]);
        Assert.Throws<TransactionLostException>(arbiter.Transaction.Enter);
        await Assert.ThrowsAsync<TransactionLostException>(
            async () => await arbiter.HasDecidedAsync(Name(begun, 1), Cancellation));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_read_by_the_next_attempt()
    {
        var arbiter = Start("a");
        var begun = await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        _broker.Commits.Enqueue("lost");
        await Assert.ThrowsAsync<TransactionLostException>(async () => await CommitAsync(arbiter, begun, 1));
        Assert.Equal([Name(begun, 1)], (await arbiter.FenceAndReadAsync(new RunId(8), Cancellation)).Candidates);
    }

    [Fact]
    public async Task A_checkpoint_that_was_given_up_before_its_commit_leaves_the_transaction_open()
    {
        var arbiter = Start("a");
        var begun = await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        arbiter.Transaction.Enter();
        Assert.False(await arbiter.HasDecidedAsync(Name(begun, 1), Cancellation));
        var two = await CommitAsync(arbiter, begun, 2);
        Assert.Equal(two, _broker.Committed[^1].Checkpoint);
    }

    [Fact]
    public async Task A_process_that_was_believed_dead_is_shut_out_by_the_claim_of_the_next_and_commits_nothing()
    {
        var zombie = Start("a");
        var begun = await zombie.FenceAndReadAsync(new RunId(7), Cancellation);
        var rival = Start("b");
        var point = await rival.FenceAndReadAsync(new RunId(8), Cancellation);
        await CommitAsync(rival, point, 1);
        await Assert.ThrowsAnyAsync<Exception>(async () => await CommitAsync(zombie, begun, 1));
        Assert.Equal(Name(point, 1), _broker.Committed[^1].Checkpoint);

        // Asked who it was, before it would shut that one out in its turn.
        var superseded = await Assert.ThrowsAsync<FencedException>(async () => await zombie.FenceAndReadAsync(new RunId(9), Cancellation));
        Assert.Contains("goes on in process 1 on b", superseded.Message, StringComparison.Ordinal);
        Assert.Equal("a close", _broker.Log[^1]);
    }

    [Fact]
    public async Task A_process_that_stood_still_while_it_began_does_not_shut_out_who_has_begun_meanwhile()
    {
        var (slow, rival) = (Start("a"), Start("b"));
        RecoveryPoint? begun = null;
        _broker.BeforeRead = () => begun = rival.FenceAndReadAsync(new RunId(8), Cancellation).AsTask().Result;
        await Assert.ThrowsAsync<FencedException>(async () => await slow.FenceAndReadAsync(new RunId(7), Cancellation));
        Assert.Equal("process 1 on b", await slow.NameSuccessorAsync(Cancellation));
        Assert.Equal(await CommitAsync(rival, begun!, 1), _broker.Committed[^1].Checkpoint);
    }

    [Fact]
    public async Task A_store_that_has_seen_fewer_attempts_than_the_topic_catches_up()
    {
        var first = Start("a");
        await first.FenceAndReadAsync(new RunId(7), Cancellation);
        first.Dispose();
        await Start("b").FenceAndReadAsync(new RunId(8), Cancellation);
        var elsewhere = new KafkaArbiter(
            _broker.Of("c"), new ArbiterContext("job", new MemoryCheckpointStore(), TimeProvider.System), new ProgressOwner("c", 1, "c"));
        Assert.Equal(3, (await elsewhere.FenceAndReadAsync(new RunId(9), Cancellation)).Attempt);
    }

    [Fact]
    public async Task Who_was_shut_out_by_the_store_is_told_by_whom()
    {
        var zombie = Start("a");
        await zombie.FenceAndReadAsync(new RunId(7), Cancellation);
        Assert.Equal(
            "process 1 on b",
            await NameAfterAsync(zombie, () => Start("b").FenceAndReadAsync(new RunId(8), Cancellation).AsTask()));
    }

    [Fact]
    public async Task What_is_open_when_an_attempt_ends_is_given_up_at_once()
    {
        var arbiter = Start("a");
        await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        arbiter.Transaction.Enter();
        arbiter.Dispose();
        Assert.Equal(["a abort", "a close"], _broker.Log[^2..]);
    }

    [Fact]
    public async Task A_client_is_not_ended_under_a_call_that_does_not_answer()
    {
        var arbiter = Start("a");
        var begun = await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        _broker.InCommit = () =>
        {
            arbiter.Dispose();
            Assert.DoesNotContain("a close", _broker.Log);
        };
        await CommitAsync(arbiter, begun, 1);
        Assert.Equal(["a commit done", "a close"], _broker.Log[^2..]);
    }

    [Fact]
    public async Task A_decision_that_the_store_has_kept_waiting_does_not_go_into_the_transaction_of_the_next_attempt()
    {
        var store = new WaitingStore(_store);
        var arbiter = new KafkaArbiter(
            _broker.Of("a"), new ArbiterContext("job", store, TimeProvider.System), new ProgressOwner("a", 1, "a"));
        var begun = await arbiter.FenceAndReadAsync(new RunId(7), Cancellation);
        store.MayAnswer = new TaskCompletionSource();
        var late = arbiter.CommitAsync(Name(begun, 1), new byte[] { 1 }, Cancellation).AsTask();
        var next = await arbiter.FenceAndReadAsync(new RunId(8), Cancellation);
        store.MayAnswer.SetResult();
        await Assert.ThrowsAsync<TransactionLostException>(() => late);
        Assert.Equal((next.Attempt, null), (_broker.Committed[^1].Attempt, _broker.Committed[^1].Checkpoint));
    }

    [Fact]
    public async Task A_checkpoint_that_progress_names_and_the_store_has_lost_stops_the_job_with_what_to_do()
    {
        var first = Start("a");
        await CommitAsync(first, await first.FenceAndReadAsync(new RunId(7), Cancellation), 1);
        var other = new KafkaArbiter(_broker.Of("b"), new ArbiterContext("job", new MemoryCheckpointStore(), TimeProvider.System));
        var failure = await Assert.ThrowsAsync<ProgressException>(async () => await other.FenceAndReadAsync(new RunId(8), Cancellation));
        Assert.Contains("ends with chk-1 of attempt 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("records would be written twice", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_without_progress_are_refused_unless_the_job_begins_with_a_savepoint()
    {
        var stored = await _store.FenceAsync("job", new RunId(7), Cancellation);
        await _store.WriteManifestAsync("job", new CheckpointName(stored.Attempt, new CheckpointId(1)), new byte[] { 1 }, Cancellation);
        var failure = await Assert.ThrowsAsync<ProgressException>(
            async () => await Start("a").FenceAndReadAsync(new RunId(8), Cancellation));
        Assert.Contains("begin with a savepoint", failure.Message, StringComparison.Ordinal);
        var begins = new KafkaArbiter(
            _broker.Of("b"), new ArbiterContext("job", _store, TimeProvider.System) { Savepoint = "savepoints/one" });
        Assert.Empty((await begins.FenceAndReadAsync(new RunId(8), Cancellation)).Candidates);
    }

    [Fact]
    public async Task Checkpoints_without_progress_that_go_back_to_the_savepoint_are_refused_although_the_option_names_it_still()
    {
        var stored = await _store.FenceAsync("job", new RunId(7), Cancellation);
        await _store.WriteManifestAsync("job", new CheckpointName(stored.Attempt, new CheckpointId(1)), new byte[] { 1 }, Cancellation);
        var again = new KafkaArbiter(_broker.Of("b"), new ArbiterContext("job", _store, TimeProvider.System)
        {
            Savepoint = "savepoints/one",
            HasBegunWithSavepoint = static (candidates, _) => ValueTask.FromResult(candidates.Count == 1),
        });
        var failure = await Assert.ThrowsAsync<ProgressException>(
            async () => await again.FenceAndReadAsync(new RunId(8), Cancellation));
        Assert.Contains("says nothing of what was written with it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transactions_are_open_for_ten_intervals_and_checkpoints_that_are_too_far_apart_are_refused()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), TransactionTimes.TimeoutFor(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(330), TransactionTimes.TimeoutFor(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromMinutes(15), TransactionTimes.TimeoutFor(TimeSpan.FromHours(1)));
        Assert.Null(TransactionTimes.Refusal(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)));
        Assert.Contains(
            "two intervals and 30 s must fit",
            TransactionTimes.Refusal(TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(60)),
            StringComparison.Ordinal);
        Assert.Contains("no CheckpointInterval is set", TransactionTimes.Refusal(null, TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
    }

    private static async Task<string?> NameAfterAsync(KafkaArbiter arbiter, Func<Task<RecoveryPoint>> begin)
    {
        await begin();
        return await arbiter.NameSuccessorAsync(Cancellation);
    }

    private static CheckpointName Name(RecoveryPoint point, long id) => new(point.Attempt, new CheckpointId(id));

    private static async Task<CheckpointName> CommitAsync(KafkaArbiter arbiter, RecoveryPoint point, long id)
    {
        await arbiter.CommitAsync(Name(point, id), new byte[] { 1, 2, 3 }, Cancellation);
        return Name(point, id);
    }

    private KafkaArbiter Start(string process) =>
        new(_broker.Of(process), new ArbiterContext("job", _store, TimeProvider.System), new ProgressOwner(process, 1, process));
}
