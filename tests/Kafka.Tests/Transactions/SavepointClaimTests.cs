using System.Text;
using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Transactions;

/// <summary>Claims of jobs that begin with a savepoint: until their first checkpoint counts, nobody may begin with nothing.</summary>
public sealed class SavepointClaimTests
{
    private readonly ModelLog _broker = new();
    private readonly MemoryCheckpointStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_names_the_savepoint_and_whoever_would_begin_with_nothing_behind_it_is_refused()
    {
        await Start("a", "savepoints/one").FenceAndReadAsync(new RunId(7), Cancellation);
        Assert.Equal((2, "savepoints/one"), (_broker.Committed[^1].Version, _broker.Committed[^1].Savepoint));

        // Its state turned out to be damaged; then somebody takes the option away.
        var refused = await Assert.ThrowsAsync<ProgressException>(
            async () => await Start("b", null).FenceAndReadAsync(new RunId(8), Cancellation));
        Assert.Contains(
            "process 1 on a has claimed it at Kafka model:9092 on", refused.Message, StringComparison.Ordinal);
        Assert.Contains("to begin with the savepoint 'savepoints/one'", refused.Message, StringComparison.Ordinal);
        Assert.Equal("a", _broker.Committed[^1].Owner.Host);
    }

    [Fact]
    public async Task The_same_savepoint_or_another_one_may_be_begun_with_until_a_checkpoint_counts()
    {
        await Start("a", "savepoints/one").FenceAndReadAsync(new RunId(7), Cancellation);
        Assert.Empty((await Start("b", "savepoints/one").FenceAndReadAsync(new RunId(8), Cancellation)).Candidates);
        Assert.Empty((await Start("c", "savepoints/two").FenceAndReadAsync(new RunId(9), Cancellation)).Candidates);
        Assert.Equal("savepoints/two", _broker.Committed[^1].Savepoint);
    }

    [Fact]
    public async Task Once_a_checkpoint_counts_the_option_may_go_and_claims_name_the_checkpoint()
    {
        var first = Start("a", "savepoints/one");
        var point = await first.FenceAndReadAsync(new RunId(7), Cancellation);
        var name = new CheckpointName(point.Attempt, new CheckpointId(1));
        await first.CommitAsync(name, new byte[] { 1 }, Cancellation);
        Assert.Equal([name], (await Start("b", null).FenceAndReadAsync(new RunId(8), Cancellation)).Candidates);
        Assert.Equal([name], (await Start("c", "savepoints/one").FenceAndReadAsync(new RunId(9), Cancellation)).Candidates);
        Assert.All(_broker.Committed.Skip(1), progress => Assert.Equal((1, null), (progress.Version, progress.Savepoint)));
    }

    [Fact]
    public async Task A_claim_without_a_savepoint_is_no_obstacle_for_one()
    {
        await Start("a", null).FenceAndReadAsync(new RunId(7), Cancellation);
        Assert.Empty((await Start("b", "savepoints/one").FenceAndReadAsync(new RunId(8), Cancellation)).Candidates);
    }

    [Fact]
    public void Records_of_the_first_form_are_read_and_written_as_before()
    {
        const string First =
            """{"version":1,"job":"job","runId":"7","attempt":3,"checkpointAttempt":2,"checkpointId":9,"owner":{"host":"a",""" +
            "\"processId\":1,\"id\":\"x\"},\"writtenAt\":\"2026-11-28T00:00:00+00:00\"}";
        var read = ProgressRecord.Of(Encoding.UTF8.GetBytes(First));
        Assert.Equal((1, 3, null), (read.Version, read.Attempt, read.Savepoint));
        Assert.Equal(First, Encoding.UTF8.GetString(read.ToBytes()));
    }

    private KafkaArbiter Start(string process, string? savepoint) => new(
        _broker.Of(process),
        new ArbiterContext("job", _store, TimeProvider.System) { Savepoint = savepoint },
        new ProgressOwner(process, 1, process));
}
