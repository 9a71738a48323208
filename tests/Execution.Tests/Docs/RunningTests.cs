using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.Docs;

/// <summary>The example of the page <c>running.md</c> does what the page says.</summary>
public sealed class RunningTests
{
    [Fact]
    public async Task A_job_that_is_followed_gives_its_result_and_null_when_it_is_stopped()
    {
        var journal = new Journal<int>();
        journal.Append(1, 2, 3);
        var sink = new ListSink<int>();
        var job = new Job("followed");
        job.From(new JournalSource<int>(new Dictionary<string, Journal<int>> { ["one"] = journal })).To(sink);

        // The journal is open: this run would go on for ever.
        Assert.Null(await Follower.FollowAsync(job, new JobOptions(), TextWriter.Null, new CancellationToken(canceled: true)));

        journal.Close();
        var result = await Follower.FollowAsync(job, new JobOptions(), TextWriter.Null, TestContext.Current.CancellationToken);
        Assert.Equal(3, result?.RecordsIn);
        Assert.Equal([1, 2, 3], sink.Records);
    }
}
