using static Weir.Runtime.Tests.Operators.Windows.Sums;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class EvictorsTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void B28_what_is_too_old_is_taken_out_after_the_function(bool crash)
    {
        var run = new WindowRun(Of(GlobalWindow.Instance, windowed => windowed
            .Trigger(Trigger.Count(2)).Evict(Evictor.Time(Us(2000)), EvictWhen.AfterFunction)));
        Assert.Equal("2=2@MAX", run.Run("2:1@1000 2:1@4000", crash));
        Assert.Equal("1=2@MAX", run.Run("1:1@20 1:1@0", crash));
        Assert.Equal("2=3@MAX", run.Run("1:1@999 2:1@3500 2:1@2001", crash));
        Assert.Equal("1=4@MAX", run.Run("2:1@1001 1:1@10999", crash));
        Assert.Equal("2=5@MAX", run.Run("2:1@1002", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B30_what_differs_too_much_from_the_last_is_taken_out_before_the_function(bool crash)
    {
        var run = Delta(EvictWhen.BeforeFunction);
        Assert.Equal("2=4@MAX", run.Run("2:1 2:4", crash));
        Assert.Equal("1=2@MAX", run.Run("1:1 1:1", crash));
        Assert.Equal("2=11@MAX", run.Run("1:5 2:5 2:6", crash));
        Assert.Equal("1=8@MAX", run.Run("2:1 1:3", crash));
        Assert.Equal("2=10@MAX", run.Run("2:10", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B30_or_after_it(bool crash)
    {
        var run = Delta(EvictWhen.AfterFunction);
        Assert.Equal("2=5@MAX", run.Run("2:1 2:4", crash));
        Assert.Equal("1=2@MAX", run.Run("1:1 1:1", crash));
        Assert.Equal("2=15@MAX", run.Run("1:5 2:5 2:6", crash));
        Assert.Equal("1=16@MAX", run.Run("2:1 1:9", crash));
        Assert.Equal("2=22@MAX", run.Run("2:10", crash));
    }

    [Fact]
    public void A_function_whose_records_are_all_taken_before_it_still_runs_and_nothing_is_kept()
    {
        var windowed = Readings().Window(GlobalWindow.Instance).Trigger(Trigger.Count(1)).Evict(new All());
        var run = new WindowRun(windowed.Aggregate(g => $"{g.Key}:{g.Count()}").Stage);
        Assert.Equal("1:0@MAX", run.Run("1:5"));
        Assert.Equal("1:0@MAX", run.Run("1:6"));
        Assert.Equal(0, run.Kept);
    }

    private static WindowRun Delta(EvictWhen when) => new(Of(GlobalWindow.Instance, windowed => windowed
        .Trigger(Trigger.Count(2)).Evict(Evictor.Delta<Reading>(2, (record, last) => last.Value - record.Value), when)));

    private sealed class All : Evictor<Reading>
    {
        public override void Evict(List<WindowRecord<Reading>> records, EvictionContext context)
        {
            Assert.Equal(TimeWindow.All, context.Window);
            records.Clear();
        }
    }
}
