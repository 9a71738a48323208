using Weir.Guide.Tests.Doubles;

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

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_best_of_a_window_without_a_key(bool interpreted)
    {
        var sink = new OrderedSink<string>();
        var job = new Job("guide");
        TopOfAll.Define(job, new ListSource<Order>(Orders.All), sink);
        await job.RunAsync(
            new JobOptions { BatchCapacity = 1, Interpreted = interpreted, RestartStrategy = RestartStrategy.None },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ["9 1 bob", "9 2 ann", "10 1 ann", "10 2 bob", "11 1 bob"], sink.Records.Select(static record => record.Value));
    }

    [Fact]
    public Task The_best_so_far() => Guide.Shows<RunningTopSnippet.Replaced>("top-running", RunningTopSnippet.Define);

    [Fact]
    public Task Lag() => Guide.Shows<LagSnippet.Difference>("lag", LagSnippet.Define);
}
