namespace Weir.Execution.Tests.Pipelines;

/// <summary>A loop that reads the keys of later records for speed goes by what it has in hand.</summary>
public sealed class LookaheadTests
{
    [Fact]
    public async Task Many_keys_with_nulls_between_the_records()
    {
        const int Count = 60_000;
        const int Keys = 20_000;
        var items = Enumerable.Range(0, Count)
            .Select(i => i % 7 == 0 ? null : new Item(i * 7919L % Keys, i)).ToList();
        var totals = await BothWays.Run<Item?, string>(LookaheadPipelines.ById, items, compiledStages: 4);
        Assert.Equal(
            items.OfType<Item>().GroupBy(item => item.Id).Select(g => $"{g.Key} {g.Count()} {g.Sum(item => item.Time)}")
                .Order(StringComparer.Ordinal),
            totals.Order(StringComparer.Ordinal));
    }

    /// <summary>A record on the heap.</summary>
    public sealed record Item(long Id, long Time);
}
