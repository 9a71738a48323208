using System.Diagnostics;
using System.Globalization;
using Weir.Generators.Codecs;
using Weir.Generators.Pipelines;
using Weir.Generators.Rows;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines;

/// <summary>How long an edit takes. Run by hand: <c>--explicit only --filter-class "*KeystrokeTests*" --output Detailed</c>.</summary>
public sealed class KeystrokeTests(ITestOutputHelper output)
{
    private const int Pipelines = 100;
    private const int Edits = 7;

    [Fact(Explicit = true)]
    public void An_unrelated_keystroke_among_a_hundred_pipelines()
    {
        var compilation = Compile.Source("class Unrelated { int N() => 0; }")
            .AddSyntaxTrees(Enumerable.Range(0, Pipelines)
                .Select(i => Compile.Tree(Pipeline(i), string.Create(CultureInfo.InvariantCulture, $"P{i}.cs"))));
        var driver = compilation.Run(new PipelineGenerator(), new CodecGenerator(), new RowFormatGenerator());
        var times = new List<double>();
        for (var edit = 1; edit <= Edits; edit++)
        {
            compilation = compilation.Edited(string.Create(CultureInfo.InvariantCulture, $"class Unrelated {{ int N() => {edit}; }}"));
            var start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Pipelines} pipelines: median {times[Edits / 2]:F0} ms, least {times[0]:F0} ms, most {times[^1]:F0} ms"));
    }

    private static string Pipeline(int i) => string.Create(CultureInfo.InvariantCulture, $$"""
        using Weir;

        namespace Air{{i}};

        public sealed record Flight(string Origin, System.DateTime Departure, int Delay, double Distance);

        public sealed record Daily(string Origin, System.DateTime Day, int Flights, double AverageDelay, int MaxDelay);

        public static class Delays
        {
            [Pipeline]
            public static void Define(Job job, string input, string output) => job
                .From(Csv.Read<Flight>(input))
                .WithEventTime(f => f.Departure, maxDisorder: System.TimeSpan.FromHours(1))
                .Where(f => f.Distance > {{i}})
                .KeyBy(f => f.Origin)
                .Window(Tumbling.Of(System.TimeSpan.FromDays(1)))
                .Aggregate(g => new Daily(g.Key, g.Window.Start, g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
                .To(Files.JsonLines<Daily>(output));
        }
        """);
}
