using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Scripts that Flink's own operators of windows executed: every one of them, step by step.</summary>
public sealed class GoldenWindowTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Windows_give_what_Flink_gives_step_by_step(bool crash)
    {
        var played = GoldenPlay.All("a-windows", test => new GoldenWindow(test), crash, "window/");
        Assert.Equal(GoldenFile.Read("a-windows").Count(test => test.Group.StartsWith("window/", StringComparison.Ordinal)), played);
    }

    [Fact]
    public void Windows_are_assigned_as_Flink_assigns_them() =>
        Assert.NotEqual(0, GoldenPlay.All("a-windows", test => new GoldenWindowKinds(test), crash: false, "assign"));

    [Fact]
    public void Windows_merge_as_in_Flink() =>
        Assert.NotEqual(0, GoldenPlay.All("a-windows", test => new GoldenWindowKinds(test), crash: false, "merge"));
}
