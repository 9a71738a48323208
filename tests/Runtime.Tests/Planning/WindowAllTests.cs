using Weir.Runtime.Planning;

namespace Weir.Runtime.Tests.Planning;

/// <summary>Where windows without a key run.</summary>
public sealed class WindowAllTests
{
    [Fact]
    public void Windows_without_a_key_run_in_one_subtask_however_parallel_the_job_is()
    {
        var job = new Job("all");
        job.From(new MemorySource<long>([]))
            .WithEventTime(time => time, TimeSpan.Zero)
            .WindowAll(Sliding.Of(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)))
            .Aggregate(g => g.Count())
            .To(new MemorySink<int>());

        var plan = JobPlanner.Plan(job.Graph, 4);

        var windowed = plan.Chains.Single(chain => chain.Stages.Any(stage => stage.Verb == "Aggregate"));
        Assert.Equal(1, windowed.Parallelism);
        Assert.Equal(4, plan.Chains.Single(chain => chain.Stages.Any(stage => stage.IsSource)).Parallelism);
    }

    [Fact]
    public void The_key_of_a_stream_without_keys_is_written_and_read()
    {
        var codec = Codecs.Of<NoKey>();
        Assert.Equal(default, codec.Decode(codec.Encode(default)));
        Assert.Equal("all", $"{default(NoKey)}");
    }
}
