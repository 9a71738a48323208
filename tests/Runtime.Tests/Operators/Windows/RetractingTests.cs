using static Weir.Runtime.Tests.Operators.Windows.Sums;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class RetractingTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void A_result_says_which_one_it_replaces(bool crash)
    {
        var run = Of(Tumbling.Of(Us(10)), 5);
        Assert.Equal("nothing → 1=3@9 WM9", run.Run("1:1@1 1:2@2 WM9", crash));
        Assert.Equal("1=3 → 1=7@9", run.Run("1:4@3", crash));
        Assert.Equal("1=7 → 1=15@9 WM14", run.Run("1:8@3 WM14", crash));
        Assert.Equal(0, run.Kept);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Sessions_that_become_one_take_back_all_results_but_the_first(bool crash)
    {
        var run = Of(SessionWindow.WithGap(Us(10)), 100);
        Assert.Equal("nothing → 1=1@9 nothing → 1=2@24 WM30", run.Run("1:1@0 1:2@15 WM30", crash));
        Assert.Equal("1=1 → 1=7@24 1=2 → nothing@24", run.Run("1:4@8", crash));
        run.Run("WMMAX", crash);
        Assert.Equal(0, run.Kept);
    }

    // The stage's results have to be texts: a map behind it is no stage with windows.
    private static TextRun Of(WindowKind kind, long lateness) => new(Readings().Window(kind).AllowLateness(Us(lateness)).Retracting()
        .Reduce((sum, record) => sum with { Value = sum.Value + record.Value }, (key, _, sum) => $"{key}={sum.Value}"));

    private sealed class TextRun(Stream<Change<string>> changes)
    {
        private readonly WindowRun<Change<string>> _run = new(changes.Stage, change => change.ToString());

        public int Kept => _run.Kept;

        public string Run(string items, bool crash) => _run.Run(items, crash);
    }
}
