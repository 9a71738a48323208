using Weir.Execution.Tests.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Execution.Tests.Explaining;

/// <summary>What is said of a job before it runs.</summary>
public sealed class ExplainTests
{
    private static readonly JobOptions TwoSubtasks = new() { Parallelism = 2 };

    private static ISource<Sale> Nothing => new ListSource<Sale>([]);

    [Fact]
    public void Windows_are_explained_with_their_state_their_watermark_and_what_becomes_of_late_records()
    {
        var explained = Totals().Explain(TwoSubtasks);
        Assert.Null(explained.Problem);
        Snapshot.Match(explained.ToString(), "txt");
    }

    [Fact]
    public void The_chart_of_windows_has_a_box_a_chain()
    {
        var chart = Totals().Explain(TwoSubtasks).ToMermaid();
        MermaidGrammar.Check(chart);
        Snapshot.Match(chart, "mmd");
    }

    [Fact]
    public void A_branch_is_explained_with_what_lowers_the_guarantee_of_each_sink()
    {
        var job = new Job("branches");
        ExplainPipelines.Branches(job, Nothing, static _ => { }, Files.JsonLines<string>("/out"));
        var explained = job.Explain();
        Assert.Equal(["at least once", "exactly once"], explained.Sinks.Select(static sink => sink.Guarantee));
        Snapshot.Match(explained.ToString(), "txt");
    }

    [Fact]
    public void Late_records_are_followed_to_where_they_go()
    {
        var explained = Late().Explain(new JobOptions { Interpreted = true });
        Snapshot.Match(explained.ToString(), "txt");
    }

    [Fact]
    public void The_chart_of_late_records_draws_them_dashed()
    {
        var chart = Late().Explain().ToMermaid();
        MermaidGrammar.Check(chart);
        Snapshot.Match(chart, "mmd");
    }

    [Fact]
    public void Windows_are_told_in_the_units_that_people_write_and_checkpoints_keep_their_own_words()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Equal(
            [
                "tumbling of 1 h, offset 15 min",
                "sliding of 90 s every 250 ms",
                "cumulative up to 1 d by 1 h, offset 30 min",
                "sessions with a gap of 1500 µs, of processing time",
            ],
            new AnyWindows[]
            {
                Tumbling.Of(3600 * second, 900 * second),
                Sliding.Of(90 * second, second / 4),
                Cumulative.Of(86_400 * second, 3600 * second, 1800 * second),
                SessionWindow.WithGap(TimeSpan.FromMicroseconds(1500)).InProcessingTime(),
            }.Select(Told));
        Assert.Equal("sliding of 90000000 us every 250000 us, offset 0 us", $"{Sliding.Of(90 * second, second / 4)}");

        static string Told(AnyWindows windows)
        {
            var job = new Job("told");
            job.From(Nothing).WithEventTime(_ => 0L, TimeSpan.Zero).KeyBy(s => s.Shop)
                .Window((WindowKind)windows).Reduce((a, _) => a).To(_ => { });
            return job.Explain().ToString().Split('\n').Single(line => line.Contains("windows: ", StringComparison.Ordinal))
                .Split("windows: ")[1].Split(", kept")[0];
        }
    }

    [Fact]
    public void A_source_that_cannot_be_read_again_lowers_the_guarantee_of_every_sink_behind_it()
    {
        var job = new Job("lost");
        var once = job.From(Enumerable.Range(0, 3).Where(static _ => true)).Id("once");
        var again = job.From([1, 2, 3]).Id("again");
        once.Union(again).To(Files.JsonLines<int>("/both")).Id("both");
        again.To(Files.JsonLines<int>("/again")).Id("safe");
        again.To(static _ => { }).Id("shown");
        once.To(static _ => { }).Id("neither");
        var sinks = job.Explain().Sinks.ToDictionary(static sink => sink.Id);
        Assert.Equal("at most once", sinks["both"].Guarantee);
        Assert.Contains("'once'", Assert.Single(sinks["both"].Because), StringComparison.Ordinal);
        Assert.Equal("exactly once", sinks["safe"].Guarantee);
        Assert.Empty(sinks["safe"].Because);
        Assert.Equal("at least once", sinks["shown"].Guarantee);
        Assert.Equal("none", sinks["neither"].Guarantee);
        Assert.Equal(2, sinks["neither"].Because.Length);
    }

    public static TheoryData<string, Action<Job>> WrongPlans => new()
    {
        { "empty", static _ => { } },
        { "no sink", static job => job.From([1]) },
        { "no event times", static job => job.From([1]).KeyBy(static n => n).Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .Aggregate(static g => g.Count()).To(static _ => { }) },
        { "late records of windows without a function", static job =>
        {
            job.From([1]).WithEventTime(static n => (long)n, TimeSpan.Zero).KeyBy(static n => n)
                .Window(Tumbling.Of(TimeSpan.FromHours(1))).LateTo(out var late);
            late.To(static _ => { });
        } },
        { "one directory for two sinks", static job =>
        {
            var numbers = job.From([1]);
            numbers.To(Files.JsonLines<int>("/out"));
            numbers.To(Files.JsonLines<int>("/out"));
        } },
        { "more subtasks than key groups", static job => job.From([1]).WithParallelism(5).To(static _ => { }) },
        { "exactly once of a function", static job => job.From([1]).To(static _ => { }) },
    };

    [Theory]
    [MemberData(nameof(WrongPlans))]
    public async Task Of_a_job_that_cannot_run_it_says_what_RunAsync_does(string plan, Action<Job> define)
    {
        var options = new JobOptions
        {
            KeyGroupCount = 2,
            Guarantee = plan.StartsWith("exactly", StringComparison.Ordinal) ? Guarantee.ExactlyOnce : Guarantee.Unspecified,
        };
        var job = new Job("wrong");
        define(job);
        var explained = job.Explain(options);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(options, TestContext.Current.CancellationToken));
        Assert.Equal(failure.Message, explained.Problem);
        Assert.Equal(job.Graph.Stages.Count, explained.Operators.Length);
        Assert.Contains(failure.Message, explained.ToString(), StringComparison.Ordinal);
        MermaidGrammar.Check(explained.ToMermaid());
    }

    [Fact]
    public void Nothing_is_opened_and_nothing_runs()
    {
        var job = new Job("still");
        job.From(Refuses()).Select(static number => number + 1).To(static _ => Assert.Fail("it ran"));
        Assert.Null(job.Explain().Problem);

        static IEnumerable<int> Refuses()
        {
            Assert.Fail("it was enumerated");
            yield return 1;
        }
    }

    [Fact]
    public void Names_that_mean_something_to_Mermaid_are_quoted()
    {
        var job = new Job("odd");
        job.From(new Odd()).To(static _ => { });
        var chart = job.Explain().ToMermaid();
        MermaidGrammar.Check(chart);
        Assert.Contains("#quot;a]#quot; #lt;b#gt; #35;c #96;d#96;", chart, StringComparison.Ordinal);
    }

    private static Job Totals()
    {
        var job = new Job("totals");
        ExplainPipelines.Totals(job, Nothing, Files.JsonLines<ShopTotal>("/out"));
        return job;
    }

    private static Job Late()
    {
        var job = new Job("late");
        ExplainPipelines.Late(job, Nothing, Files.JsonLines<ShopTotal>("/out"), Files.JsonLines<Sale>("/late"));
        return job;
    }

    private sealed class Odd : ISource<int>
    {
        public string Description => "\"a]\" <b> #c `d`";

        public TResult Accept<TResult>(ISourceVisitor<int, TResult> visitor) => throw new NotSupportedException("It is never read.");
    }
}
