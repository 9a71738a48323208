using Weir.Databases.Tests.Doubles;

namespace Weir.Databases.Tests;

/// <summary>What holds beside the laws where a server holds prepared transactions, which somebody may end.</summary>
public abstract class PreparedLaws : TransactionLaws
{
    [Fact]
    public async Task A_transaction_that_somebody_rolled_back_is_a_loss_that_is_told_of()
    {
        var (table, job) = await NewAsync();
        await using var first = await StartAsync(table, job);
        first.Write(42, 43);
        var snapshot = first.Snapshot(1);
        await RollBackAsync(job);

        await using var second = new SinkProcess(Sink(table), job, attempt: 2);
        var failure = await Assert.ThrowsAsync<OperatorException>(() => second.StartAsync(snapshot));
        Assert.IsAssignableFrom<IPermanentFailure>(failure.InnerException);
        Assert.Contains("was rolled back by somebody", failure.Message, StringComparison.Ordinal);
        Assert.Contains("though chk-1 of attempt 1 counts on it", failure.Message, StringComparison.Ordinal);
        Assert.Contains("its 2 rows are not in table", failure.Message, StringComparison.Ordinal);

        await using var third = await new SinkProcess(Sink(table, acceptsLost: true), job, attempt: 3).StartAsync(snapshot);
        Assert.Contains("its 2 rows are not in table", Assert.Single(third.Warnings), StringComparison.Ordinal);
        Assert.Empty(await IdsAsync(table));
    }
}
