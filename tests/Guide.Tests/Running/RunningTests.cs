namespace Weir.Guide.Tests.Running;

/// <summary>The page of verbs that remember something of each key.</summary>
public sealed class RunningTests
{
    [Fact]
    public Task Running_results() => Guide.Shows<RunningSnippet.SoFar>("running", RunningSnippet.Define);

    [Fact]
    public Task Distinct() => Guide.Shows<Order>("distinct", DistinctSnippet.Define);

    [Fact]
    public Task Deduplicate() => Guide.Shows<Order>("deduplicate", DeduplicateSnippet.Define);

    [Fact]
    public Task The_best_of_a_window() => Guide.Shows<TopSnippet.Best>("top", TopSnippet.Define);

    [Fact]
    public Task The_best_of_all_keys() => Guide.Shows<TopOfSumsSnippet.Ranked>("top-of-sums", TopOfSumsSnippet.Define);

    [Fact]
    public Task The_best_so_far() => Guide.Shows<RunningTopSnippet.Replaced>("top-running", RunningTopSnippet.Define);

    [Fact]
    public Task Lag() => Guide.Shows<LagSnippet.Difference>("lag", LagSnippet.Define);
}
