using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

public sealed class PipelineAnalyzerTests
{
    [Fact]
    public Task A_pipeline_of_an_instance_is_reported() => Shape("public class P { [Pipeline] public void [|Define|](Job job) { } }");

    [Fact]
    public Task So_is_one_without_a_job() => Shape("public class P { [Pipeline] public static void [|Define|](int input, Job job) { } }");

    [Fact]
    public Task A_static_method_of_a_job_is_not() =>
        Shape("public class P { [Pipeline] public static void Define(Job job, int input) { } }");

    [Fact]
    public Task A_method_without_the_attribute_is_not() => Shape("public class P { public void Define(int input) { } }");

    [Fact]
    public Task An_attribute_of_the_same_name_is_not() => Shape("""
        public class PipelineAttribute : Attribute;
        public class P { [Air.Pipeline] public void Define(int input) { } }
        """);

    [Fact]
    public Task A_group_used_as_a_whole_is_buffered() =>
        Buffered("g => string.Join(\",\", [|g.OrderBy(f => f.Delay)|].Select(f => f.Origin))");

    [Fact]
    public async Task What_is_kept_for_ever_is_a_warning_and_what_windows_keep_is_not()
    {
        var compilation = Compile.Source("""
            using Weir;

            public sealed record Flight(string Origin, int Delay);

            public static class P
            {
                [Pipeline] public static void Define(Job job, ISource<Flight> source)
                {
                    var keyed = job.From(source).KeyBy(f => f.Origin);
                    keyed.Aggregate(g => g.OrderBy(f => f.Delay).First().Delay);
                    keyed.Window(CountWindow.Of(3)).Aggregate(g => g.OrderBy(f => f.Delay).First().Delay);
                }
            }
            """);

        var options = compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default);
        var reported = await compilation.WithOptions(options).WithAnalyzers([(DiagnosticAnalyzer)new PipelineAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [("WEIR3001", DiagnosticSeverity.Warning), ("WEIR3001", DiagnosticSeverity.Info)],
            reported.OrderBy(static one => one.Location.SourceSpan.Start).Select(static one => (one.Id, one.Severity)));
    }

    [Fact]
    public Task Without_windows_its_records_are_kept_for_ever() => AnalyzerTest.Verify<PipelineAnalyzer>("WEIR3001", """
        public class P
        {
            [Pipeline] public static void Define(Job job, ISource<Flight> source)
            {
                var keyed = job.From(source).KeyBy(f => f.Origin);
                keyed.Aggregate(g => string.Join(",", [|g.OrderBy(f => f.Delay)|].Select(f => f.Origin)));
                keyed.Aggregate(g => g.First().Delay + g.Aggregate(0, (sum, f) => sum + f.Delay));
                keyed.Reduce((a, b) => a.Delay > b.Delay ? a : b);
            }
        }
        """);

    [Fact]
    public Task A_captured_limit_is_not() => Buffered("g => g.Count(f => f.Delay > limit)");

    [Fact]
    public Task A_captured_list_that_is_asked_is_not() => Buffered("g => g.Count(f => names.Contains(f.Origin))");

    [Fact]
    public Task A_captured_set_that_grows_is_buffered() => Buffered("g => [|g.Count(f => names.Add(f.Origin))|]");

    [Fact]
    public Task A_captured_function_is_buffered() => Buffered("g => [|g.Count(f => accepts(f))|]");

    [Fact]
    public Task A_nested_use_is_buffered() => Buffered("g => Enumerable.Range(0, 1).Select([|i => i + g.Count()|]).First()");

    [Fact]
    public Task Counts_are_not() => Buffered("g => g.Count() + g.Count(f => f.Delay > 3)");

    [Fact]
    public Task Key_and_window_are_not() => Buffered("g => (g.Key, g.Window.Start)");

    [Fact]
    public Task Filtered_extremes_are_not() => Buffered("g => g.Where(f => f.Delay > 1).Select(f => f.Distance).Max()");

    [Fact]
    public Task A_private_record_type_is_interpreted() => Interpreted("""
        public class P
        {
            private sealed record Hop(string Origin);
            [Pipeline] public static void Define(Job job, ISource<Flight> source) => job.From(source).[|Select|](f => { return new Hop(f.Origin); });
        }
        """);

    [Fact]
    public Task A_stream_from_elsewhere_is_compiled_for_both_kinds_of_records() => Interpreted(
        "public class P { [Pipeline] public static void Define(Job job, Stream<Flight> flights) => flights.Where(f => f.Delay > 1).Select(f => f.Delay); }");

    [Fact]
    public Task So_is_a_variable_that_is_assigned_twice() => Interpreted("""
        public class P
        {
            [Pipeline] public static void Define(Job job, ISource<Flight> source, bool isLate)
            {
                var flights = job.From(source);
                if (isLate)
                {
                    flights = flights.Where(f => f.Delay > 1);
                }

                flights.Where(f => f.Distance > 1);
            }
        }
        """);

    [Fact]
    public Task A_generic_pipeline_is_interpreted() =>
        Interpreted("public class P { [Pipeline] public static void Define<T>(Job job, ISource<T> source) => job.From(source).[|Where|](x => true); }");

    [Fact]
    public Task A_method_group_is_called_directly_and_a_given_delegate_for_each_record() => AnalyzerTest.Verify<PipelineAnalyzer>(
        "WEIR3003",
        "public class P { static bool IsLate(Flight f) => f.Delay > 1; "
            + "[Pipeline] public static void Define(Job job, ISource<Flight> source, Func<Flight, bool> accepts) "
            + "=> job.From(source).Where(IsLate).Where([|accepts|]); }");

    [Fact]
    public Task An_anonymous_record_within_a_chain_is_not() => Interpreted(
        "public class P { [Pipeline] public static void Define(Job job, ISource<Flight> source) => job.From(source).Select(f => new { f.Delay }).Where(x => x.Delay > 1).Select(x => x.Delay); }");

    [Fact]
    public Task A_chain_outside_a_pipeline_is_interpreted_and_said_once() => Interpreted(
        "public class P { public static void Define<T>(Job job, ISource<T> source) => job.From(source).[|Where|](x => true).Select(x => x); }");

    [Theory]
    [InlineData("[Pipeline] public static async void [|Define|](Job job) { await Task.Yield(); }")]
    [InlineData("[Pipeline] public static Stream<int>? [|Define|](Job job) => null;")]
    [InlineData("[Pipeline] public static void [|Define|](ref Job job) { }")]
    [InlineData("[Pipeline] public static void [|Define|]() { }")]
    [InlineData("public static int Size { [Pipeline] [|get|] => 1; }")]
    [InlineData("[Pipeline] public static P operator [|+|](P left, P right) => left;")]
    [InlineData("public static void Outer(Job job) { Inner(job); [Pipeline] static void [|Inner|](Job job) { } }")]
    [InlineData("public static Action<Job> Lambda = [[|Pipeline|]] (Job job) => { };")]
    [InlineData("[Pipeline] public static extern void [|Define|](Job job);")]
    public Task Whatever_else_cannot_be_a_pipeline_is_reported_once(string member) => Shape($"public class P {{ {member} }}");

    [Theory]
    [InlineData("[Pipeline] public static void Define(Job? job) { }")]
    [InlineData("[Pipeline] private protected static void Define(Job job, params int[] numbers) => _ = job;")]
    [InlineData("[Pipeline] internal static unsafe void Define(in int number) { }", "int")]
    public Task A_job_that_may_be_null_is_a_job(string member, string? wrong = null) =>
        wrong is null ? Shape($"public class P {{ {member} }}") : Shape($"public class P {{ {member.Replace("Define", "[|Define|]")} }}");

    [Theory]
    [InlineData("job.From(source).KeyBy(f => f.Origin).[|Window|](Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(g => g.Count());")]
    [InlineData("var keyed = job.From(source).KeyBy(f => f.Origin); var cut = keyed.[|Window|](Tumbling.Of(TimeSpan.FromDays(1))); cut.Aggregate(g => 1);")]
    [InlineData("var timed = job.From(source).WithEventTime(f => f.Departure, TimeSpan.Zero); timed.Union(job.From(source)).KeyBy(f => f.Origin).[|Window|](Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(g => g.Count());")]
    public Task Windows_over_records_without_times_are_reported(string statements) => Times(statements);

    [Theory]
    [InlineData("job.From(source).WithEventTime(f => f.Departure, TimeSpan.Zero).KeyBy(f => f.Origin).Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(g => g.Count());")]
    [InlineData("other.KeyBy(f => f.Origin).Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(g => g.Count());")]
    [InlineData("var s = job.From(source); if (isLate) { s = s.WithEventTime(f => f.Departure, TimeSpan.Zero); } s.KeyBy(f => f.Origin).Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(g => g.Count());")]
    [InlineData("job.From(source).KeyBy(f => f.Origin);")]
    public Task What_may_have_times_is_not(string statements) => Times(statements);

    private static Task Times(string statements) => AnalyzerTest.Verify<PipelineAnalyzer>("WEIR0004", $$"""
        public class P
        {
            [Pipeline] public static void Define(Job job, ISource<Flight> source, Stream<Flight> other, bool isLate)
            {
                {{statements}}
            }
        }
        """);

    private static Task Shape(string source) => AnalyzerTest.Verify<PipelineShapeAnalyzer>("WEIR0001", source);

    private static Task Interpreted(string source) => AnalyzerTest.Verify<PipelineAnalyzer>("WEIR3002", source);

    private static Task Buffered(string result) => AnalyzerTest.Verify<PipelineAnalyzer>("WEIR3001", $$"""
        public class P
        {
            [Pipeline] public static void Define(Job job, ISource<Flight> source, int limit, HashSet<string> names, Func<Flight, bool> accepts) => job.From(source)
                .WithEventTime(f => f.Departure, TimeSpan.Zero)
                .KeyBy(f => f.Origin)
                .Window(Tumbling.Of(TimeSpan.FromDays(1)))
                .Aggregate({{result}});
        }
        """);
}
