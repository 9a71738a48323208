using Weir.Runtime.Scheduling;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>Graphs without cycles never stall, however little their channels hold, and barriers pass while outputs are full.</summary>
public sealed class StallTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Branches_that_meet_again_never_stall_with_room_for_one_batch(int parallelism)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var sink = new MemorySink<int>();
            var job = Diamond(sink, new Random(seed), out var expected);
            var run = PipelineRun.Start(job, parallelism, seed, batchCapacity: 1 + (seed % 3), channelCapacity: 1);
            for (var checkpoint = 1; checkpoint <= 5; checkpoint++)
            {
                run.Steps(seed * 7 % 60);
                run.Inject(checkpoint);
                Assert.True(run.StepUntil(() => run.Newest?.Id.Value == checkpoint),
                    $"stalled at checkpoint {checkpoint}, parallelism {parallelism}, seed {seed}");
                run.Complete(checkpoint);
            }

            run.Finish(6);
            Assert.True(expected.Order().SequenceEqual(sink.Committed.Order()),
                $"records were lost or doubled, parallelism {parallelism}, seed {seed}");
        }
    }

    [Fact]
    public void The_step_loop_comes_to_the_end_of_a_diamond_too()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var sink = new MemorySink<int>();
            var run = PipelineRun.Start(Diamond(sink, new Random(seed), out _), 1 + (seed % 4), seed, batchCapacity: 2, channelCapacity: 1);
            StepLoop.Run(run.Subtasks);
            Assert.True(run.StepUntil(() => run.IsExhausted), $"stalled, seed {seed}");
        }
    }

    [Fact]
    public void A_barrier_is_taken_and_acknowledged_while_the_output_is_full()
    {
        var sink = new MemorySink<int>();
        var job = new Job("j");
        job.From(new MemorySource<int>([1, 2, 3, 4])).Rebalance().Select(n => n).Rebalance().WithParallelism(2).To(sink).WithParallelism(2);
        var run = PipelineRun.Start(job, 2, batchCapacity: 1, channelCapacity: 1);
        var middle = run.Subtasks.Where(subtask => subtask.Id.Chain == 1).ToList();
        var sources = run.Subtasks.Where(subtask => subtask.HasSource).ToList();

        // The last chain does not step: the middle one fills up, and the barrier comes behind what it cannot send.
        for (var i = 0; i < 20; i++)
        {
            sources.ForEach(subtask => subtask.Step());
            middle.ForEach(subtask => subtask.Step());
        }

        run.Inject(1);
        for (var i = 0; i < 20; i++)
        {
            sources.ForEach(subtask => subtask.Step());
            middle.ForEach(subtask => subtask.Step());
        }

        Assert.Equal(3, run.Plan.Chains.Count);
        run.TakeReports();
        Assert.Equal(4, run.Reports.OfType<SubtaskReport.Acknowledged>().Count());
        run.StepUntil(() => run.Newest?.Id.Value == 1);
        run.Finish(2);
        Assert.Equal([1, 2, 3, 4], sink.Committed.Order());
    }

    // Two to four branches, each with filters, expansions and exchanges of its own, that meet again; some branch once more.
    private static Job Diamond(MemorySink<int> sink, Random random, out List<int> expected)
    {
        var job = new Job("j");
        int[] numbers = [.. Enumerable.Range(0, 40)];
        var source = job.From(new MemorySource<int>(numbers[..13], numbers[13..]));
        var root = (Stream: source, Values: (IEnumerable<int>)numbers);
        for (var level = 0; level < 2; level++)
        {
            var from = root;
            var branches = Enumerable.Range(0, 2 + random.Next(3)).Select(_ => Branch(from, random)).ToList();
            var stream = branches[0].Stream;
            foreach (var branch in branches[1..])
            {
                stream = stream.Union(branch.Stream);
            }

            root = (stream, [.. branches.SelectMany(branch => branch.Values)]);
        }

        root.Stream.To(sink);
        expected = [.. root.Values];
        return job;
    }

    private static (Stream<int> Stream, IEnumerable<int> Values) Branch((Stream<int> Stream, IEnumerable<int> Values) from, Random random)
    {
        var (stream, values) = from;
        for (var verbs = random.Next(4); verbs > 0; verbs--)
        {
            switch (random.Next(5))
            {
                case 0:
                    var rest = random.Next(3);
                    (stream, values) = (stream.Where(n => n % 3 != rest), values.Where(n => n % 3 != rest));
                    break;
                case 1:
                    var times = random.Next(4);
                    (stream, values) = (stream.SelectMany(n => Enumerable.Repeat(n, times)),
                        values.SelectMany(n => Enumerable.Repeat(n, times)));
                    break;
                case 2:
                    stream = stream.Rebalance();
                    break;
                case 3:
                    // A window of one microsecond a number: each number comes out as often as it went in, by key.
                    stream = stream.WithEventTime(n => (long)n, TimeSpan.FromSeconds(1)).KeyBy(n => n)
                        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(1)))
                        .Aggregate(g => (g.Key, Count: g.Count())).SelectMany(pane => Enumerable.Repeat(pane.Key, pane.Count));
                    break;
                default:
                    (stream, values) = (stream.Select(n => n + 1), values.Select(n => n + 1));
                    break;
            }
        }

        return (stream, values);
    }
}
