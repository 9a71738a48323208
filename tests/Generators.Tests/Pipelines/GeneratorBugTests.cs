using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines;
using Weir.Generators.Pipelines.Emitting;
using Weir.Generators.Pipelines.Planning;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines;

/// <summary>A bug of ours costs one pipeline its speed and is said aloud; it never fails a build or a neighbour.</summary>
public sealed class GeneratorBugTests
{
    private const string Source = """
        using Weir;

        namespace Air;

        public static class First
        {
            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 1).To(sink);
        }

        public static class Second
        {
            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 5).To(sink);
        }
        """;

    [Fact]
    public void An_exception_of_the_emitter_is_a_warning_and_its_pipeline_runs_interpreted()
    {
        var compilation = Compile.Source(Source);
        var result = compilation.Run(FailsOn("First.Define")).GetRunResult();

        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal("WEIR0008", warning.Id);
        Assert.Equal(DiagnosticSeverity.Warning, warning.DefaultSeverity);
        Assert.Equal((7, "Probe.cs"), (warning.Location.GetLineSpan().StartLinePosition.Line, warning.Location.GetLineSpan().Path));
        var message = warning.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("writing the loops of 'First.Define'", message, StringComparison.Ordinal);
        Assert.Contains("https://github.com/weir-stream/weir/issues/new", message, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: a bug of two lines", message, StringComparison.Ordinal);

        // Nothing intercepts the verbs of the first pipeline, which therefore run by their delegates; the second is compiled as ever.
        var file = Assert.Single(result.Results.Single().GeneratedSources);
        Assert.StartsWith("Air.Second", file.HintName, StringComparison.Ordinal);
        Assert.DoesNotContain(
            compilation.AddSyntaxTrees(result.GeneratedTrees).GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden);
    }

    [Fact]
    public void A_generator_without_bugs_reports_nothing() =>
        Assert.Empty(Compile.Source(Source).Run(new PipelineGenerator()).GetRunResult().Diagnostics);

    private static PipelineGenerator FailsOn(string title) => new(pipeline => pipeline.Title == title
        ? throw new InvalidOperationException("a bug\r\nof two lines")
        : PipelineEmitter.Emit(ChainPlanner.Plan(pipeline)));
}
