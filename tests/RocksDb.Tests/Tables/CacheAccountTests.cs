using Weir.RocksDbState.Tables;

namespace Weir.RocksDbState.Tests.Tables;

/// <summary>How tables of a cache grow within its limit.</summary>
public sealed class CacheAccountTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(1024)]
    [InlineData(16 << 20)]
    [InlineData((16 << 20) - 1)]
    public void A_table_grows_to_the_limit_and_leaves_at_most_half_of_it_in_arrays_that_it_has_outgrown(long limit)
    {
        var account = new CacheAccount(new CacheBudget(limit)) { Tables = 1, SlotBytes = 24 * 8 };
        var outgrown = 0L;
        while (account.MayGrow(account.SlotBytes))
        {
            outgrown += account.SlotBytes;
            account.SlotBytes *= account.IsLastGrowth(account.SlotBytes) ? 4 : 2;
        }

        Assert.InRange(account.SlotBytes, (limit / 2) + 1, limit);
        Assert.InRange(outgrown, 1, account.SlotBytes / 2);
    }

    [Fact]
    public void A_table_that_is_not_alone_doubles_once() =>
        Assert.False(new CacheAccount(new CacheBudget(1000)) { Tables = 2, SlotBytes = 300 }.IsLastGrowth(150));
}
