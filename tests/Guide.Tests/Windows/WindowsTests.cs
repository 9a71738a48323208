namespace Weir.Guide.Tests.Windows;

/// <summary>The pages of windows, their lateness and their late records.</summary>
public sealed class WindowsTests
{
    [Fact]
    public Task Tumbling_windows() => Guide.Shows<TumblingSnippet.Total>("tumbling", TumblingSnippet.Define);

    [Fact]
    public Task Late_output() => Guide.Shows<LateSnippet.Total, Order>("late-output", "late-orders", LateSnippet.Define);
}
