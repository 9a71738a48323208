using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

public sealed class ChainLineageTests
{
    [Fact]
    public void The_lineage_of_a_chain_is_its_parallelism_and_that_of_all_before_it()
    {
        var job = new Job("lineage");
        job.From(new MemorySource<int>([1])).WithParallelism(1)
            .Rebalance().WithParallelism(2).Select(n => n).WithParallelism(2)
            .Rebalance().WithParallelism(3).Select(n => n).WithParallelism(3).To(new MemorySink<int>()).WithParallelism(3);
        var lineage = new ChainLineage(JobPlanner.Plan(job.Graph, 4));
        Assert.Equal(["1", "2<1", "3<2<1"], Enumerable.Range(0, 3).Select(lineage.Of));
    }

    [Fact]
    public void Event_times_that_are_assigned_further_down_are_known_before()
    {
        var job = new Job("lineage");
        var numbers = job.From(new MemorySource<int>([1])).Rebalance().Select(n => n).Rebalance();
        numbers.WithEventTime(_ => 0L, TimeSpan.Zero).To(new MemorySink<int>());
        job.From(new MemorySource<int>([1])).To(new MemorySink<int>());
        var plan = JobPlanner.Plan(job.Graph, 2);
        var lineage = new ChainLineage(plan);
        Assert.Equal(
            plan.Chains.Select(chain => chain.Stages.All(stage => stage.Id is not ("From-2" or "To-2"))),
            plan.Chains.Select(chain => lineage.AssignsTimes(chain.Index)));
    }

    [Fact]
    public void A_stream_that_is_branched_and_united_again_and_again_is_built_at_once()
    {
        var job = new Job("diamonds");
        var stream = job.From(new MemorySource<int>([1]));
        for (var i = 0; i < 60; i++)
        {
            stream = stream.Union(stream.Select(n => n));
        }

        stream.WithEventTime(_ => 0L, TimeSpan.Zero).KeyBy(n => n).Window(Tumbling.Of(TimeSpan.FromSeconds(1))).Aggregate(g => g.Key)
            .To(new MemorySink<int>());
        var plan = JobPlanner.Plan(job.Graph, 2);
        Assert.NotEmpty(SubtaskBuilder.Build(
            plan, TestJob.Context() with { KeyGroupCount = plan.KeyGroupCount }, new Mailbox<SubtaskReport>()));
        var lineage = new ChainLineage(plan);
        Assert.All(plan.Chains, chain => Assert.True(lineage.Of(chain.Index).Length <= 200));
        Assert.Equal(plan.Chains.Count, plan.Chains.Select(chain => lineage.Of(chain.Index)).Distinct().Count());
    }
}
