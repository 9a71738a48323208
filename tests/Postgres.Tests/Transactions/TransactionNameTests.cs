using System.Text;
using Weir.Databases;
using Weir.PostgreSql.Transactions;

namespace Weir.PostgreSql.Tests.Transactions;

public sealed class TransactionNameTests
{
    [Fact]
    public void A_name_says_whose_the_transaction_is()
    {
        var name = Of("orders", "totals", run: 0xc0ffee, attempt: 3, subtask: 2, checkpoint: 17);
        Assert.Equal("weir/orders/totals/run-0000000000c0ffee/attempt-3/subtask-2/chk-17", name.ToString());
    }

    [Fact]
    public void What_SQL_or_a_path_would_take_for_something_else_is_escaped()
    {
        var name = Of("it's/here", "größe ~1", run: 1, attempt: 1, subtask: 0, checkpoint: 1);
        Assert.Equal("weir/it%27s%2Fhere/gr%C3%B6%C3%9Fe%20%7E1/run-0000000000000001/attempt-1/subtask-0/chk-1", name.ToString());
    }

    [Fact]
    public void A_name_has_fewer_bytes_than_the_server_takes_whatever_it_is_made_of()
    {
        var longest = Of(new string('ü', 500), new string('x', 500), ulong.MaxValue, long.MaxValue, int.MaxValue, long.MaxValue).ToString();
        Assert.InRange(Encoding.UTF8.GetByteCount(longest), 150, TransactionName.MaxBytes);
        var session = TransactionName.SessionOf(
            new SinkContext(new string('ü', 500), "x", int.MaxValue, long.MaxValue, new RunId(ulong.MaxValue), TimeProvider.System));
        Assert.InRange(Encoding.UTF8.GetByteCount(session), 20, 63);
    }

    [Fact]
    public void Names_that_are_cut_alike_are_told_apart_by_the_hash_of_the_whole()
    {
        var (one, other) = (NamePart.Of(new string('x', 60) + "1", 50), NamePart.Of(new string('x', 60) + "2", 50));
        Assert.NotEqual(one, other);
        Assert.Equal(one[..33], other[..33]);
        Assert.Equal(50, one.Length);

        // Checkpoints of earlier versions name them so.
        Assert.Equal("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx~" + one[34..], one);
    }

    [Theory]
    [InlineData("orders", "totals", 1UL, 1L, 0, 1L)]
    [InlineData("a/b~c", "%41", ulong.MaxValue, long.MaxValue, int.MaxValue, long.MaxValue)]
    [InlineData("", "", 0UL, 0L, 0, 0L)]
    public void A_name_is_read_as_it_was_written(string job, string sink, ulong run, long attempt, int subtask, long checkpoint)
    {
        var name = Of(job, sink, run, attempt, subtask, checkpoint);
        Assert.True(TransactionName.TryParse(name.ToString(), out var read));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("weir/a/b")]
    [InlineData("other/a/b/run-0000000000000001/attempt-1/subtask-0/chk-1")]
    [InlineData("weir/a/b/run-1/attempt-1/subtask-0/chk-1")]
    [InlineData("weir/a/b/run-0000000000000001/attempt--1/subtask-0/chk-1")]
    [InlineData("weir/a/b/run-0000000000000001/attempt-1/subtask-9999999999/chk-1")]
    [InlineData("weir/a/b/run-0000000000000001/attempt-1/subtask-0/chk-1/more")]
    public void What_somebody_else_called_a_transaction_is_no_name_of_ours(string text) =>
        Assert.False(TransactionName.TryParse(text, out _));

    [Fact]
    public void A_handle_comes_back_from_a_checkpoint_as_it_was()
    {
        var whole = new PostgresTransaction(7, "weir/…", ulong.MaxValue, 123, new ServerIdentity("7", "shop"));
        var codec = PostgresTransactionCodec.Instance;
        Assert.Equal(whole, codec.Decode(codec.Encode(whole)));
        var empty = PostgresTransaction.Begun(1);
        Assert.Equal(empty, codec.Decode(codec.Encode(empty)));
    }

    private static TransactionName Of(string job, string sink, ulong run, long attempt, int subtask, long checkpoint) => TransactionName.Of(
        new SinkContext(job, sink, subtask, attempt, new RunId(run), TimeProvider.System),
        new CheckpointName(attempt, new CheckpointId(checkpoint)));
}
