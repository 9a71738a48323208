using Weir.Generators.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines;

public sealed class PipelineGeneratorTests
{
    private const string Types = """
        using Weir;

        namespace Air;

        public sealed record Flight(string Origin, DateTime Departure, int Delay, double Distance);
        public sealed record DailyDelay(string Origin, DateTime Day, int Flights, double AverageDelay, int MaxDelay);

        """;

    [Fact]
    public void The_flights_become_a_fused_aggregate() => Verify("""
        public static class FlightDelays
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<DailyDelay> sink) => job
                .From(source)
                .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
                .Where(f => f.Distance > 100)
                .KeyBy(f => f.Origin)
                .Window(Tumbling.Of(TimeSpan.FromDays(1)))
                .Aggregate(g => new DailyDelay(g.Key, g.Window.Start, g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
                .To(sink);
        }
        """);

    [Fact]
    public void A_stateless_chain_becomes_one_loop() => Verify("""
        public static class Fast
        {
            private static readonly double Limit = 4;

            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<string> sink, int least) => job
                .From(source)
                .Where(f => f.Delay > least)
                .Where(f => f.Distance > Limit)
                .Select(f => new { f.Origin, Speed = f.Distance / f.Delay })
                .Where(x => x.Speed > 1 && !string.IsNullOrEmpty(x.Origin))
                .Select(x => { var text = x.Origin + nameof(x.Speed); return text; })
                .SelectMany(text => text.Split(','))
                .To(sink);
        }
        """);

    private static void Verify(string pipeline, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var compilation = Compile.Source(Types + pipeline);
        var text = compilation.Run(new PipelineGenerator()).Text();
        Assert.Empty(compilation.Complaints(new PipelineGenerator()));
        Snapshot.Match(text, "cs", test: test);
    }
}
