using Weir.Graph;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>What is left of a window that has fired: nothing.</summary>
public sealed class PurgeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void R5_a_window_fires_once_by_the_watermark_and_is_forgotten(bool crash)
    {
        var script = new AggregateScript(Stage(), crash);
        Assert.Equal("WM8", script.Run("a:1@5 WM8"));
        Assert.Equal(1, script.KeyGroupsInState);
        Assert.Equal("a=3@9 WM9", script.Run("a:2@9 WM9"));
        Assert.Equal(0, script.KeyGroupsInState);
        Assert.Equal("WM10 WM30", script.Run("a:4@9 WM10 WM30"));
        Assert.Equal(1, script.Late);
    }

    private static Stage Stage() => new Job("windows").From(new MemorySource<(string Key, long Value)>([]))
        .WithEventTime(_ => 0L, TimeSpan.Zero)
        .KeyBy(record => record.Key)
        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
        .Aggregate(g => $"{g.Key}={g.Sum(record => record.Value)}")
        .Stage;
}
