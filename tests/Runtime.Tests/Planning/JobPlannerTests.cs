using Weir.Runtime.Kernels;
using Weir.Runtime.Planning;

namespace Weir.Runtime.Tests.Planning;

public sealed class JobPlannerTests
{
    private static readonly Tumbling Day = Tumbling.Of(TimeSpan.FromDays(1));

    [Fact]
    public void With_parallelism_1_everything_is_one_chain()
    {
        var job = Windowed();
        Check(
            job,
            1,
            """
            chain 0 ×1 from source
              From-1
                WithEventTime-1
                  Where-1
                    KeyBy-1
                      Aggregate-1
                        To-1
            """);
    }

    [Fact]
    public void A_KeyBy_is_a_hash_exchange_once_there_are_several_subtasks() => Check(
        Windowed(),
        2,
        """
        chain 0 ×2 from source
          From-1
            WithEventTime-1
              Where-1
                KeyBy-1
                  → chain 1 by hash
        chain 1 ×2 from KeyBy-1 of chain 0 by hash
          Aggregate-1
            To-1
        """);

    [Fact]
    public void A_KeyBy_runs_where_the_stream_before_it_runs()
    {
        var job = new Job("j");
        Numbers(job).WithParallelism(1).WithEventTime(n => (long)n, TimeSpan.Zero).WithParallelism(1)
            .KeyBy(n => n).Window(Day).Aggregate(g => g.Key).WithParallelism(3).To(new MemorySink<int>()).WithParallelism(3);
        Check(
            job,
            3,
            """
            chain 0 ×1 from source
              From-1
                WithEventTime-1
                  KeyBy-1
                    → chain 1 by hash
            chain 1 ×3 from KeyBy-1 of chain 0 by hash
              Aggregate-1
                To-1
            """);
    }

    [Fact]
    public void A_change_of_parallelism_and_a_rebalance_deal_batches_out()
    {
        var job = new Job("j");
        Numbers(job).WithParallelism(1).Where(n => n > 0).Rebalance().Select(n => n).To(new MemorySink<int>()).WithParallelism(1);
        Check(
            job,
            2,
            """
            chain 0 ×1 from source
              From-1
                → chain 1 by rebalance
            chain 1 ×2 from From-1 of chain 0 by rebalance
              Where-1
                → chain 2 by rebalance
            chain 2 ×2 from Where-1 of chain 1 by rebalance
              Rebalance-1
                Select-1
                  → chain 3 by rebalance
            chain 3 ×1 from Select-1 of chain 2 by rebalance
              To-1
            """);
    }

    [Fact]
    public void A_branch_is_no_cut_and_a_union_always_is()
    {
        var job = new Job("j");
        var numbers = Numbers(job);
        numbers.Where(n => n > 0).Union(numbers.Select(n => -n), Numbers(job)).To(new MemorySink<int>());
        numbers.To(new MemorySink<int>());
        Check(
            job,
            1,
            """
            chain 0 ×1 from source
              From-1
                Where-1
                  → chain 2 by forward
                Select-1
                  → chain 2 by forward
                To-2
            chain 1 ×1 from source
              From-2
                → chain 2 by forward
            chain 2 ×1 from Where-1 of chain 0 by forward, Select-1 of chain 0 by forward, From-2 of chain 1 by forward
              Union-1
                To-1
            """);
    }

    [Fact]
    public void The_longest_generated_loop_that_fits_is_used_and_the_rest_interpreted()
    {
        var job = Windowed();
        Attach(job, "Where-1", 2);
        Attach(job, "Aggregate-1", 2);
        Attach(job, "Aggregate-1", 1);
        Attach(job, "KeyBy-1", 3);
        Check(
            job,
            1,
            """
            chain 0 ×1 from source
              From-1
                compiled [WithEventTime-1, Where-1]
                  compiled [KeyBy-1, Aggregate-1]
                    To-1
            """);
        Check(
            job,
            2,
            """
            chain 0 ×2 from source
              From-1
                compiled [WithEventTime-1, Where-1, KeyBy-1]
                  → chain 1 by hash
            chain 1 ×2 from KeyBy-1 of chain 0 by hash
              compiled [Aggregate-1]
                To-1
            """);
        Assert.DoesNotContain("compiled", JobPlanner.Plan(job.Graph, 2, forceInterpreted: true).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_loop_does_not_run_over_a_branch()
    {
        var job = new Job("j");
        var positive = Numbers(job).Where(n => n > 0);
        positive.Select(n => n).To(new MemorySink<int>());
        positive.To(new MemorySink<int>());
        Attach(job, "Select-1", 2);
        Attach(job, "Select-1", 1);
        Attach(job, "Where-1", 1);
        Check(
            job,
            1,
            """
            chain 0 ×1 from source
              From-1
                compiled [Where-1]
                  compiled [Select-1]
                    To-1
                  To-2
            """);
    }

    [Fact]
    public void A_late_stream_is_a_branch_of_its_own_behind_the_window()
    {
        var job = new Job("j");
        Late(job, out var late).Aggregate(g => g.Key).To(new MemorySink<int>());
        late.Where(n => n > 0).To(new MemorySink<int>()).WithParallelism(1);
        Check(
            job,
            2,
            """
            chain 0 ×2 from source
              From-1
                WithEventTime-1
                  KeyBy-1
                    → chain 1 by hash
            chain 1 ×2 from KeyBy-1 of chain 0 by hash
              Aggregate-1
                To-1
                Where-1
                  → chain 2 by rebalance
            chain 2 ×1 from Where-1 of chain 1 by rebalance
              To-2
            """);
    }

    [Fact]
    public void A_late_stream_that_goes_to_another_chain_is_named_by_its_operator()
    {
        var job = new Job("j");
        var results = Late(job, out var late).Aggregate(g => g.Key);
        results.Union(late).To(new MemorySink<int>());
        Check(
            job,
            1,
            """
            chain 0 ×1 from source
              From-1
                WithEventTime-1
                  KeyBy-1
                    Aggregate-1
                      → chain 1 by forward
                      → chain 1 by forward
            chain 1 ×1 from Aggregate-1 of chain 0 by forward, Aggregate-1.late of chain 0 by forward
              Union-1
                To-1
            """);
    }

    [Fact]
    public void A_late_stream_that_ends_nowhere_is_refused()
    {
        var job = new Job("j");
        Late(job, out _).Aggregate(g => g.Key).To(new MemorySink<int>());
        Refused(job, "The stream behind 'Aggregate-1.late' ends nowhere: its records would be made and thrown away. End it with "
            + "To(sink), or remove it.");
    }

    [Fact]
    public void A_late_stream_of_windows_that_are_never_aggregated_is_refused()
    {
        var job = new Job("j");
        Late(job, out var late);
        late.To(new MemorySink<int>());
        Refused(job, "'To-1' takes in the stream 'late' of a windowed stream that is never aggregated. Aggregate what LateTo returned.");
    }

    [Fact]
    public void Late_records_go_to_one_stream_of_one_operator()
    {
        var windowed = Late(new Job("j"), out var late);
        Assert.Throws<InvalidOperationException>(() => windowed.LateTo(out _));
        windowed.Aggregate(g => g.Key);
        Assert.Throws<InvalidOperationException>(() => windowed.Aggregate(g => g.Key));
        Assert.Throws<InvalidOperationException>(() => late.Id("late"));
        Assert.Throws<InvalidOperationException>(() => late.WithParallelism(2));
    }

    [Fact]
    public void A_window_without_event_times_is_refused()
    {
        var job = new Job("j");
        Numbers(job).KeyBy(n => n).Window(Day).Aggregate(g => g.Key).To(new MemorySink<int>());
        Refused(job, "'Aggregate-1' aggregates windows of event time, but the stream before it has no event times. Call WithEventTime "
            + "before KeyBy.");
    }

    [Fact]
    public void A_stream_that_ends_nowhere_is_refused()
    {
        var job = new Job("j");
        Numbers(job).Where(n => n > 0);
        Refused(job, "The stream behind 'Where-1' ends nowhere: its records would be made and thrown away. End it with To(sink), or "
            + "remove it.");
    }

    [Fact]
    public void An_empty_pipeline_is_refused() =>
        Refused(new Job("j"), "The pipeline is empty: begin it with From(source) and end it with To(sink).");

    [Fact]
    public void Two_operators_with_one_id_are_refused()
    {
        var job = new Job("j");
        Numbers(job).Id("Where-1").Where(n => n > 0).To(new MemorySink<int>());
        Refused(job, "Two operators have the id 'Where-1', the From and the Where: their state could not be told apart. Give one of them "
            + "another with Id(\"…\").");
    }

    [Fact]
    public void More_subtasks_than_key_groups_are_refused()
    {
        var job = new Job("j");
        Numbers(job).To(new MemorySink<int>()).WithParallelism(200);
        var failure = Assert.Throws<PlanException>(() => JobPlanner.Plan(job.Graph, 1, keyGroupCount: 128));
        Assert.Equal(
            "'To-1' would run in 200 subtasks, but the job's state is divided into 128 key groups, fixed when it first started. Use a "
                + "parallelism of at most 128.",
            failure.Message);
        Assert.Equal(512, JobPlanner.Plan(job.Graph, 1).KeyGroupCount);
    }

    private static Stream<int> Numbers(Job job) => job.From(new MemorySource<int>([1, 2, 3]));

    private static WindowedStream<int, int> Late(Job job, out Stream<int> late) =>
        Numbers(job).WithEventTime(n => (long)n, TimeSpan.Zero).KeyBy(n => n).Window(Day).LateTo(out late);

    private static Job Windowed()
    {
        var job = new Job("j");
        Numbers(job).WithEventTime(n => (long)n, TimeSpan.Zero).Where(n => n > 0).KeyBy(n => n).Window(Day).Aggregate(g => g.Key)
            .To(new MemorySink<int>());
        return job;
    }

    private static void Attach(Job job, string last, int length) =>
        job.Graph.Attach(job.Graph.Stages.Single(stage => stage.Id == last), new Span(length));

    private static void Check(Job job, int parallelism, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n") + "\n", JobPlanner.Plan(job.Graph, parallelism).ToString());

    private static void Refused(Job job, string message) =>
        Assert.Equal(message, Assert.Throws<PlanException>(() => JobPlanner.Plan(job.Graph, 1)).Message);

    [Fact]
    public void Records_without_a_codec_may_not_cross_subtasks_and_the_edge_is_named()
    {
        var job = new Job("j");
        var numbers = job.From(new MemorySource<int>([1])).Select(n => new Uncoded(n));
        numbers.Rebalance().Select(u => u.Number).To(new MemorySink<int>());
        JobPlanner.Plan(job.Graph, 1);
        var failure = Assert.Throws<PlanException>(() => JobPlanner.Plan(job.Graph, 2));
        Assert.StartsWith(
            $"'Select-1' sends records of type {typeof(Uncoded)} to 'Rebalance-1', which runs in other subtasks, but there is no codec "
                + "for them.",
            failure.Message,
            StringComparison.Ordinal);
    }

    private sealed record Uncoded(int Number);

    private sealed class Span(int length) : SpanFactory(length)
    {
        public override object Build(SpanContext context) => throw new NotSupportedException();
    }
}
