using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Running;

/// <summary>State that is more than its backend allows.</summary>
public sealed class StateLimitTests
{
    [Fact]
    public async Task State_beyond_the_limit_of_the_memory_backend_fails_the_job_for_good_and_says_how_much_there_is()
    {
        var job = new Job("runner");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 5_000)]))
            .KeyBy(value => value)
            .Reduce((one, _) => one)
            .To(new MemorySink<int>());
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(
            new JobOptions
            {
                StateBackend = StateBackend.Memory(2_000),
                RestartStrategy = RestartStrategy.FixedDelay(3, TimeSpan.Zero),
                TolerableFailures = 9,
            },
            TestContext.Current.CancellationToken));
        var limit = Assert.IsType<StateLimitException>(failure.GetBaseException());
        Assert.Matches(
            @"^The state of operator 'Reduce-1' takes \d\d,\d{3} bytes of a checkpoint in one subtask, and StateBackend\.Memory allows 2,000\. "
            + @"Set JobOptions\.StateBackend to StateBackend\.File, .* or raise the limit\.$",
            limit.Message);
        Assert.Contains("'Reduce-1'", failure.Message, StringComparison.Ordinal);
    }
}
