using static Weir.Runtime.Tests.Operators.Windows.Sums;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class CustomWindowsTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void B6_windows_that_a_record_decides_merge_with_those_that_they_touch(bool crash)
    {
        var run = new WindowRun(Of(Readings().Window(new Points())));
        Assert.Equal("", run.Run("2:1@0 2:33@1000 restore 2:33@2500 1:1@10 1:2@1000 1:33@2500", crash));
        Assert.Equal("1=36[10,4000)@3999 2=67[0,3000)@2999 WM12000", run.Run("WM12000", crash));
        Assert.Equal(0, run.Kept);
    }

    [Fact]
    public void B24_a_record_of_no_window_is_late_only_if_its_time_is()
    {
        var run = new WindowRun(Of(new None(), windowed => windowed.AllowLateness(Us(5)).LateTo(out _)));
        Assert.Equal("WM10", run.Run("1:1@3 WM10 1:2@6"));
        Assert.Equal("late(1:3@5)", run.Run("1:3@5"));
    }

    /// <summary>
    /// In event time none can: what merges holds a window that is still kept. A window of the clock is kept until its timer has been called.
    /// </summary>
    [Theory, InlineData(false), InlineData(true)]
    public void B26_windows_that_become_one_which_has_ended_already_fail_the_operator(bool crash)
    {
        var run = new WindowRun(Of(Readings().Window(new Before().InProcessingTime())));
        Assert.Equal("", run.Run("PT50 1:45@0 2:3@0", crash));
        var failure = Assert.Throws<InvalidOperationException>(() => run.Run("1:40@0", crash));
        Assert.Contains("windows became one that has ended already", failure.Message, StringComparison.Ordinal);
        Assert.Contains("correct the windows that CustomWindows assigns", failure.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void D8_functions_of_windows_emit_beside_their_results_and_keep_state_by_key(bool crash)
    {
        var results = Readings().Window(Tumbling.Of(Us(10))).Process(() => new Totals());
        results.Side(Totals.Big);
        var run = new WindowRun(results.Stage);
        Assert.Equal("1: 2 of 2@9 WM9 big(2@9)", run.Run("1:1@1 1:1@2 WM9", crash).Replace("big(2@9) WM9", "WM9 big(2@9)", StringComparison.Ordinal));
        Assert.Equal("1: 1 of 3@19 2: 1 of 1@19 WM19", run.Run("1:0@12 2:1@13 WM19", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void An_aggregate_may_be_handed_to_a_function(bool crash)
    {
        var stage = Readings().Window(Tumbling.Of(Us(10)))
            .Aggregate(new CountOf(), (count, context) => Enumerable.Repeat($"{context.Key} at {context.Watermark}", (int)count))
            .Stage;
        Assert.Equal("1 at 9@9 1 at 9@9 WM9", new WindowRun(stage).Run("1:1@1 1:1@2 WM9", crash));
    }

    private sealed record Points : CustomWindows<Reading>
    {
        public override bool AreMerging => true;

        public override IEnumerable<TimeWindow> WindowsOf(Reading record, long time) =>
            [new TimeWindow(time, record.Value == 33 ? time : time + 3000)];
    }

    private sealed record Before : CustomWindows<Reading>
    {
        public override bool AreMerging => true;

        public override IEnumerable<TimeWindow> WindowsOf(Reading record, long time) =>
            [new TimeWindow(time - record.Value, time - record.Value + 10)];
    }

    private sealed record None : CustomWindows
    {
        public override IEnumerable<TimeWindow> WindowsOf(long time) => [];
    }

    private sealed class Totals : WindowProcess<IReadOnlyList<Reading>, long, string>
    {
        public static readonly SideOutput<string> Big = new("big");

        private ValueState<int>? _all = new();

        public override void OnFire(IReadOnlyList<Reading> records, WindowContext<long, string> context)
        {
            _all!.Value += records.Count;
            context.Emit($"{context.Key}: {records.Count} of {_all.Value}");
            if (records.Count > 1)
            {
                context.Emit(Big, $"{records.Count}");
            }
        }

        protected override void Wire(StateBinder binder) => binder.Bind(nameof(_all), ref _all);
    }

    private sealed class CountOf : IAggregate<Reading, long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in Reading record) => accumulator++;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
