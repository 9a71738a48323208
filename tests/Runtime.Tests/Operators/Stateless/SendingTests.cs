using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Stateless;

/// <summary><c>Broadcast</c>, <c>Partition</c> and <c>Union</c>, in whole pipelines.</summary>
public sealed class SendingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 4)]
    public void Every_subtask_that_follows_a_broadcast_gets_every_record_once(int before, int after)
    {
        var sink = new MemorySink<int>();
        var job = new Job("broadcast");
        job.From(Numbers()).WithParallelism(before).Broadcast().Select(n => n * 2).WithParallelism(after).To(sink).WithParallelism(after);

        PipelineRun.Start(job).Finish(1);

        Assert.Equal(Enumerable.Range(0, 60).SelectMany(n => Enumerable.Repeat(n * 2, after)), sink.Visible);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_broadcast_works_behind_a_branch_and_in_front_of_one(int parallelism)
    {
        var (all, some, plain) = (new MemorySink<int>(), new MemorySink<int>(), new MemorySink<int>());
        var job = new Job("branches");
        var numbers = job.From(Numbers());
        var everywhere = numbers.Broadcast();
        everywhere.Where(n => n % 2 == 0).To(some);
        everywhere.To(all);
        numbers.To(plain);

        PipelineRun.Start(job, parallelism).Finish(1);

        Assert.Equal(Enumerable.Range(0, 60), plain.Visible);
        Assert.Equal(Enumerable.Range(0, 60).SelectMany(n => Enumerable.Repeat(n, parallelism)), all.Visible);
        Assert.Equal(
            Enumerable.Range(0, 60).Where(n => n % 2 == 0).SelectMany(n => Enumerable.Repeat(n, parallelism)), some.Visible);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_partitioner_says_which_subtask_gets_a_record(int parallelism)
    {
        var sink = new MemorySink<int>();
        var asked = new HashSet<int>();
        var job = new Job("partition");
        job.From(Numbers()).Partition((n, subtasks) =>
        {
            asked.Add(subtasks);
            return n / 10 % subtasks;
        }).To(sink);

        PipelineRun.Start(job, parallelism).Finish(1);

        Assert.Equal(Enumerable.Range(0, 60), sink.Visible);
        Assert.Equal([parallelism], asked);

        // A transaction is of one subtask: the records of each come together.
        var perSubtask = Enumerable.Range(0, parallelism)
            .Select(subtask => Enumerable.Range(0, 60).Where(n => n / 10 % parallelism == subtask).ToHashSet()).ToList();
        var runs = sink.Committed.Select(n => perSubtask.FindIndex(own => own.Contains(n))).ToList();
        Assert.Equal(runs.Distinct().Count(), runs.Zip(runs.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void An_answer_that_is_no_subtask_is_refused_with_operator_and_record(int parallelism, int answer)
    {
        var job = new Job("partition");
        job.From(Numbers()).Partition((n, _) => n == 7 ? answer : 0).Id("by-shelf").To(new MemorySink<int>());

        var failure = Assert.Throws<OperatorException>(() => PipelineRun.Start(job, parallelism).Finish(1));

        Assert.Contains($"The partitioner of 'by-shelf' answered {answer} for the record '7'", $"{failure}", StringComparison.Ordinal);
        Assert.Contains("'by-shelf'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_times_behind_a_broadcast_or_a_partition_are_those_of_splits()
    {
        // Two splits far from each other: on a channel that were one lane, one of them would be late.
        MemorySource<int> Source() => new([.. Enumerable.Range(0, 40)], [.. Enumerable.Range(1000, 40)], [.. Enumerable.Range(500, 40)]);
        for (var seed = 0; seed < 10; seed++)
        {
            var sink = new MemorySink<string>();
            var job = new Job("lanes");
            Counted(job.From(Source()).WithParallelism(1).Broadcast()).To(sink);
            Counted(job.From(Source()).Partition((n, subtasks) => n % subtasks)).To(sink);

            var run = PipelineRun.Start(job, 2, seed, batchCapacity: 1 + (seed % 4));
            run.Finish(1);

            Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
            Assert.Equal(
                new[] { (0, 40), (500, 40), (1000, 40) }.SelectMany(w => new[] { $"{w.Item1}={w.Item2}", $"{w.Item1}={2 * w.Item2}" })
                    .Order(StringComparer.Ordinal),
                sink.Committed.Order(StringComparer.Ordinal));
        }

        static Stream<string> Counted(Stream<int> numbers) => numbers.WithEventTime(n => (long)n, TimeSpan.Zero)
            .KeyBy(n => 0).Window(Tumbling.Of(TimeSpan.FromMicroseconds(100))).Aggregate(g => $"{g.Window.StartTime}={g.Count()}");
    }

    [Fact]
    public void Records_under_way_to_all_subtasks_survive_kills_and_other_parallelisms()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var (all, chosen) = (new MemorySink<int>(), new MemorySink<int>());
            var job = new Job("killed");
            var numbers = job.From(Numbers());
            numbers.Broadcast().Select(n => n).WithParallelism(3).To(all).WithParallelism(3);
            numbers.Partition((n, subtasks) => n * 7 % subtasks).Select(n => n).To(chosen);
            PipelineRun? before = null;
            var checkpoint = 0L;
            for (var attempt = 1; attempt < 5; attempt++)
            {
                var run = PipelineRun.Start(
                    job, 1 + random.Next(4), random.Next(), attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(60));
                run.Inject(++checkpoint);
                run.StepUntil(() => run.Newest?.Id.Value == checkpoint);
                run.Steps(random.Next(60));
                before = run;
            }

            PipelineRun.Start(job, 2, seed, attempt: 5, restoreFrom: before, keyGroupCount: 128).Finish(checkpoint + 1);

            Assert.Equal(Enumerable.Range(0, 60).SelectMany(n => Enumerable.Repeat(n, 3)), all.Visible);
            Assert.Equal(Enumerable.Range(0, 60), chosen.Visible);
        }
    }

    [Fact]
    public void A_parallelism_that_would_not_count_and_an_exchange_behind_an_exchange_are_refused()
    {
        var first = new Job("parallelism");
        first.From(Numbers()).Broadcast().WithParallelism(2).To(new MemorySink<int>());
        Assert.Contains(
            "'Broadcast-1' has no subtasks of its own",
            Assert.Throws<PlanException>(() => PipelineRun.Start(first)).Message,
            StringComparison.Ordinal);

        var second = new Job("twice");
        second.From(Numbers()).Broadcast().Rebalance().To(new MemorySink<int>());
        Assert.Contains(
            "'Rebalance-1' deals out anew what 'Broadcast-1'",
            Assert.Throws<PlanException>(() => PipelineRun.Start(second, 2)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void A_union_joins_any_number_of_streams_and_a_stream_with_itself(int inputs, int parallelism)
    {
        var sink = new MemorySink<string>();
        var job = new Job("union");
        var times = job.From(Numbers()).WithEventTime(n => (long)n, TimeSpan.Zero);
        times.Union([.. Enumerable.Range(0, inputs).Select(input => input == 0 ? times : times.Select(n => n))])
            .KeyBy(_ => 0).Window(Tumbling.Of(TimeSpan.FromMicroseconds(30))).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);

        var run = PipelineRun.Start(job, parallelism);
        run.Finish(1);

        Assert.Equal([$"0={30 * (inputs + 1)}", $"30={30 * (inputs + 1)}"], sink.Visible);
        Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
    }

    private static MemorySource<int> Numbers() =>
        new([.. Enumerable.Range(0, 20)], [.. Enumerable.Range(20, 21)], [.. Enumerable.Range(41, 19)]);
}
