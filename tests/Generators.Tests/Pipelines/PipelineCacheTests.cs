using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines;

/// <summary>An edit costs what it touches: in both directions.</summary>
public sealed class PipelineCacheTests
{
    private const string Source = """
        using Weir;

        namespace Air;

        public static class First
        {
            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 1).Select(n => n * 2).To(sink);
        }

        public static class Second
        {
            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 5).To(sink);
        }

        public static class Other;
        """;

    [Theory, InlineData(PipelineGenerator.PipelineStep), InlineData(PipelineGenerator.KernelsStep)]
    public void An_edit_in_a_lambda_reaches_its_own_pipeline_alone(string step)
    {
        var reasons = Compile.Source(Source)
            .Reasons(Source.Replace("n > 1", "n > 2", StringComparison.Ordinal), step, new PipelineGenerator());

        Assert.Equal(2, reasons.Length);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons[0]);
        Assert.Contains(reasons[1], Untouched);
    }

    [Theory, InlineData("public static class Another;"), InlineData("public static class Other { public const int Number = 1; }")]
    public void An_edit_behind_the_pipelines_writes_no_kernel(string other)
    {
        var reasons = Compile.Source(Source)
            .Reasons(Source.Replace("public static class Other;", other, StringComparison.Ordinal), PipelineGenerator.KernelsStep,
            new PipelineGenerator());

        Assert.Equal(2, reasons.Length);
        Assert.All(reasons, reason => Assert.Contains(reason, Untouched));
    }

    [Theory, InlineData(PipelineGenerator.ParseStep), InlineData(PipelineGenerator.KernelsStep), InlineData(PipelineGenerator.FileStep)]
    public void An_edit_in_another_file_changes_nothing(string step)
    {
        var before = Compile.Source(Source);
        var after = before.AddSyntaxTrees(Compile.Tree("class Unrelated;", "Unrelated.cs"));
        var steps = before.Run(new PipelineGenerator()).RunGenerators(after, TestContext.Current.CancellationToken).GetRunResult()
            .Results.Single().TrackedSteps[step];
        var reasons = steps.SelectMany(run => run.Outputs).Select(output => output.Reason).ToArray();

        Assert.Equal(2, reasons.Length);
        Assert.All(reasons, reason => Assert.Contains(reason, Untouched));
    }

    [Theory]
    [InlineData("class Other;", "class Other { }", false)]
    [InlineData("r.Level > 2", "r.Level > 3", true)]
    [InlineData("r.Note ?? none", "r.Note + none", true)]
    [InlineData("none = \"-\"", "none = \"+\"", true)]
    public void An_aggregate_is_generated_anew_only_if_it_says_something_else(string from, string to, bool isNew)
    {
        const string Aggregates = """
            using Weir;

            public sealed record Reading(string Sensor, long Time, int Level, string? Note);

            public static class Levels
            {
                [Pipeline]
                public static void Define(Job job, ISource<Reading> source, ISink<string> sink)
                {
                    const string none = "-";
                    job.From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Sensor).Window(Tumbling.Of(TimeSpan.FromDays(1)))
                        .Aggregate(g => $"{g.Key} {g.Count(r => r.Level > 2)} {g.Max(r => r.Level)} {g.MinBy(r => r.Level).Note} "
                            + g.Aggregate(none, (all, r) => all + (r.Note ?? none), all => all.Length))
                        .To(sink);
                }
            }

            class Other;
            """;
        var reasons = Compile.Source(Aggregates)
            .Reasons(Aggregates.Replace(from, to, StringComparison.Ordinal), PipelineGenerator.KernelsStep, new PipelineGenerator());

        Assert.Equal(isNew, Assert.Single(reasons) == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_new_stage_is_generated_anew()
    {
        var reasons = Compile.Source(Source).Reasons(
            Source.Replace(".Where(n => n > 5)", ".Where(n => n > 5).Where(n => n < 9)", StringComparison.Ordinal),
            PipelineGenerator.FileStep,
            new PipelineGenerator());

        Assert.Equal(IncrementalStepRunReason.Modified, reasons[1]);
    }

    private static IncrementalStepRunReason[] Untouched => [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];
}
