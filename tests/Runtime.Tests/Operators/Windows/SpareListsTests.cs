using Weir.Graph;
using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class SpareListsTests
{
    [Fact]
    public void A_list_that_came_in_is_handed_out_again()
    {
        var spare = new SpareLists<List<int>>();
        Assert.Null(spare.Take());
        var list = new List<int>(8);
        spare.Keep(list, held: 8, capacity: 8);
        Assert.Same(list, spare.Take());
        Assert.Null(spare.Take());
    }

    [Fact]
    public void A_list_far_larger_than_what_it_held_is_not_kept()
    {
        var spare = new SpareLists<List<int>>();
        spare.Keep([], held: 100, capacity: 500);
        Assert.Equal(0, spare.Count);
        spare.Keep([], held: 100, capacity: 400);
        spare.Keep([], held: 1, capacity: 16);
        Assert.Equal(2, spare.Count);
    }

    [Fact]
    public void Lists_that_nobody_asks_for_go_and_those_of_every_window_stay()
    {
        var spare = new SpareLists<List<int>>();
        for (var i = 0; i < 5000; i++)
        {
            spare.Keep([], held: 1, capacity: 4);
        }

        for (var window = 0; window < 2000; window++)
        {
            var taken = Enumerable.Range(0, 100).Select(_ => spare.Take() ?? []).ToList();
            taken.ForEach(list => spare.Keep(list, held: 1, capacity: 4));
        }

        Assert.InRange(spare.Count, 100, 200);
    }

    [Fact]
    public void Only_results_that_cannot_hold_a_query_let_their_records_go()
    {
        Assert.True(SpareLists<List<int>>.LetsGo<(long, double)>());
        Assert.True(SpareLists<List<int>>.LetsGo<string>());
        Assert.False(SpareLists<List<int>>.LetsGo<IEnumerable<int>>());
        Assert.False(SpareLists<List<int>>.LetsGo<(string, int)>());
    }

    [Fact]
    public void The_list_of_a_window_is_that_of_the_next_and_whoever_kept_the_group_is_told_that_its_records_are_gone()
    {
        WindowGroup<int, int>? kept = null;
        var stage = (AggregateGroupStage<int, int, int>)new Job("spare").From(new MemorySource<int>([])).KeyBy(value => value % 2)
            .Window(CountWindow.Of(2))
            .Aggregate(group =>
            {
                kept = group;
                return group.Sum();
            }).Stage;
        var functor = new GroupFunctor<int, int, int>(stage, default, new SpareLists<List<int>>());
        var records = functor.Create();
        var first = records;
        records.AddRange([1, 3]);
        Assert.Equal(4, functor.Result(1, TimeWindow.All, ref records));
        Assert.Same(first, functor.Create());
        Assert.Empty(first);
        var error = Assert.Throws<InvalidOperationException>(() => kept!.ToList());
        Assert.Contains("ToList", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kept_records_are_put_in_order_of_arrival_where_they_lie_and_are_empty_when_cleared()
    {
        var kept = new KeptRecords<int>();
        kept.Add(0, 5);
        kept.Merge(Of((1, 6)));
        Assert.Equal([5, 6], kept.InOrder().Records);

        var session = Of((1, 6), (4, 9)).With(Of((2, 7)));
        Assert.Equal([6, 7, 9], session.InOrderInPlace());
        session.Clear();
        Assert.Empty(session.InOrderInPlace());
    }

    private static KeptRecords<int> Of(params (long Arrival, int Record)[] records)
    {
        var kept = new KeptRecords<int>();
        foreach (var (arrival, record) in records)
        {
            kept.Add(arrival, record);
        }

        return kept;
    }
}
