namespace Weir.Guide.Tests.Windows;

/// <summary>The pages of windows: what kinds there are.</summary>
public sealed class WindowsTests
{
    [Fact]
    public Task Tumbling_windows() => Guide.Shows<TumblingSnippet.Total>("tumbling", TumblingSnippet.Define);

    [Fact]
    public Task Sliding_windows() => Guide.Shows<SlidingSnippet.Total>("sliding", SlidingSnippet.Define);

    [Fact]
    public Task Cumulative_windows() => Guide.Shows<CumulativeSnippet.Total>("cumulative", CumulativeSnippet.Define);

    [Fact]
    public Task Sessions() => Guide.Shows<SessionSnippet.Visit>("session", SessionSnippet.Define);

    [Fact]
    public Task Sessions_whose_gap_a_record_decides() => Guide.Shows<SessionByRecordSnippet.Visit>("session-by-record", SessionByRecordSnippet.Define);

    [Fact]
    public Task Count_windows() => Guide.Shows<CountSnippet.Three>("count", CountSnippet.Define);

    [Fact]
    public Task Sliding_count_windows() => Guide.Shows<SlidingCountSnippet.LastThree>("count-sliding", SlidingCountSnippet.Define);

    [Fact]
    public Task The_global_window() => Guide.Shows<GlobalSnippet.Total>("global", GlobalSnippet.Define);

    [Fact]
    public Task Windows_of_the_calendar() => Guide.Shows<CalendarSnippet.Day>("calendar", CalendarSnippet.Define);

    [Fact]
    public Task Windows_of_your_own() => Guide.Shows<CustomSnippet.Shift>("custom", CustomSnippet.Define);

    [Fact]
    public Task Windows_without_a_key() => Guide.Shows<AllSnippet.Total>("window-all", AllSnippet.Define);
}
