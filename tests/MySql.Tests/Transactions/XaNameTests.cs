using System.Text;
using Weir.MySqlServers.Transactions;

namespace Weir.MySqlServers.Tests.Transactions;

public sealed class XaNameTests
{
    [Fact]
    public void A_name_says_whose_the_transaction_is() => Assert.Equal(
        "'weir/orders/totals/0000000000c0ffee','att-3/sub-2/tx-17',1464158546", Of("orders", "totals", 0xc0ffee, 3, 2, 17).Sql);

    [Fact]
    public void Each_part_has_no_more_bytes_than_the_server_takes_whatever_it_is_made_of()
    {
        var longest = Of(new string('ü', 500), new string('x', 500), ulong.MaxValue, long.MaxValue, int.MaxValue, long.MaxValue);
        Assert.InRange(Encoding.UTF8.GetByteCount(longest.Global), 50, XaName.MaxBytes);
        Assert.InRange(Encoding.UTF8.GetByteCount(longest.Branch), 50, XaName.MaxBytes);
        Assert.InRange(XaName.LockOf(longest.Global, long.MaxValue, int.MaxValue).Length, 40, 64);
    }

    [Theory]
    [InlineData("orders", "totals", 1UL, 1L, 0, 1L)]
    [InlineData("it's/~c", "%41", ulong.MaxValue, long.MaxValue, int.MaxValue, long.MaxValue)]
    [InlineData("", "", 0UL, 0L, 0, 0L)]
    public void A_name_is_read_as_it_was_written(string job, string sink, ulong run, long attempt, int subtask, long number)
    {
        var name = Of(job, sink, run, attempt, subtask, number);
        var global = Encoding.UTF8.GetBytes(name.Global);
        Assert.True(XaName.TryParse(XaName.Format, global.Length, [.. global, .. Encoding.UTF8.GetBytes(name.Branch)], out var read));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData(1, 2, "ab")]
    [InlineData(XaName.Format, 99, "ab")]
    [InlineData(XaName.Format, 23, "weir/a/b/00000000000000att-1/sub-0/tx-1")]
    [InlineData(XaName.Format, 25, "weir/a/b/0000000000000001att-1/sub-0/chk-1")]
    public void What_somebody_else_called_a_transaction_is_no_name_of_ours(long format, int bytes, string text) =>
        Assert.False(XaName.TryParse(format, bytes, Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_handle_comes_back_from_a_checkpoint_as_it_was()
    {
        var codec = XaTransactionCodec.Instance;
        var whole = new XaTransaction(7, Of("orders", "totals", ulong.MaxValue, 3, 2, 7), 123, "server", "shop");
        Assert.Equal(whole, codec.Decode(codec.Encode(whole)));
        Assert.Equal(XaTransaction.Begun(1), codec.Decode(codec.Encode(XaTransaction.Begun(1))));
    }

    private static XaName Of(string job, string sink, ulong run, long attempt, int subtask, long number) => XaName.Of(
        new SinkContext(job, sink, subtask, attempt, new RunId(run), TimeProvider.System), number);
}
