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

    [Fact]
    public void Branches_exchanges_and_hand_written_aggregates() => Verify("""
        public sealed class Longest : IAggregate<Flight, double, double>
        {
            public double Create() => 0;
            public void Add(ref double accumulator, in Flight record) => accumulator = Math.Max(accumulator, record.Distance);
            public void Merge(ref double accumulator, in double other) => accumulator = Math.Max(accumulator, other);
            public double Result(in double accumulator) => accumulator;
        }

        public static class Branches
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<string> sink)
            {
                var flights = job.From(source).WithEventTime(f => new DateTimeOffset(f.Departure, TimeSpan.Zero), maxDisorder: TimeSpan.Zero);
                var longest = flights
                    .KeyBy(f => (f.Origin, Late: f.Delay > 0))
                    .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                    .Aggregate(new Longest(), (key, window, distance) => $"{key.Origin} {window.Start:O} {distance:F1}")
                    .WithParallelism(2);
                var far = flights.Where(f => f.Distance > 1000).Rebalance().Select(f => f.Origin);
                longest.Union(far).To(sink).Id("out");
            }
        }
        """);

    [Fact]
    public void Late_records_go_where_the_pipeline_says() => Verify("""
        public static class Late
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<string> sink)
            {
                var counts = job.From(source)
                    .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.Zero)
                    .KeyBy(f => f.Origin)
                    .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                    .LateTo(out var late)
                    .Aggregate(g => $"{g.Key} {g.Count()}");
                late.Where(f => f.Delay > 60).Select(f => f.Origin).Union(counts).To(sink);
            }
        }
        """);

    [Fact]
    public void Records_go_to_state_and_several_streams() => Verify("""
        public static class Kept
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<string> sink)
            {
                var late = job.From(source).Where(f => f.Distance > 100).Split(f => f.Delay > 60, out var early);
                late.KeyBy(f => f.Origin).Lag((before, now) => $"{now.Origin} {now.Delay - before.Delay}").To(sink);
                early.Select<Flight, object>(f => f.Delay > 0 ? f : f.Origin).Split(out Stream<string> origins).Select(f => $"{f}").To(sink);
                origins.To(sink);
            }
        }
        """);

    [Fact]
    public void Windows_hand_what_they_hold_to_processes_and_say_what_they_replace() => Verify("""
        public sealed class Longest : IAggregate<Flight, double, double>
        {
            public double Create() => 0;
            public void Add(ref double accumulator, in Flight record) => accumulator = Math.Max(accumulator, record.Distance);
            public void Merge(ref double accumulator, in double other) => accumulator = Math.Max(accumulator, other);
            public double Result(in double accumulator) => accumulator;
        }

        public static class Windows
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<string> sink, int more)
            {
                var days = job.From(source).WithEventTime(f => f.Departure, maxDisorder: TimeSpan.Zero).KeyBy(f => f.Origin)
                    .Window(Tumbling.Of(TimeSpan.FromDays(1)));
                days.Aggregate(new Longest(), (distance, context) => new[] { $"{context.Key} {distance}" }).To(sink);
                days.Process((flights, context) => flights.Select(f => f.Origin)).To(sink);
                days.TopN(3, f => f.Delay, (origin, _, rank, f) => $"{origin} {rank}").To(sink);
                days.Retracting().Reduce((a, b) => a.Delay + more > b.Delay ? a : b).Select(change => $"{change}").To(sink);
                days.Retracting().Aggregate(g => $"{g.Key} {g.Count()}").Select(change => $"{change}").To(sink);
            }
        }
        """);

    private static void Verify(string pipeline, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var compilation = Compile.Source(Types + pipeline);
        var text = compilation.Run(new PipelineGenerator()).Text();
        Assert.Empty(compilation.Complaints(new PipelineGenerator()));
        Snapshot.Match(text, "cs", test: test);
    }

    [Fact]
    public void The_pipelines_of_the_README_are_twelve_KiB_at_most()
    {
        var compilation = Compile.Source("").AddSyntaxTrees(Compile.Tree(
            """
            using Weir;

            public record Order(DateTime At, string Customer, decimal Amount);

            public record HourlyTotal(string Customer, DateTime Hour, int Orders, decimal Amount);

            public static class Orders
            {
                [Pipeline]
                public static void Define(Job job, string input, string output) => job
                    .From(Csv.Read<Order>(input))
                    .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
                    .KeyBy(o => o.Customer)
                    .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                    .Aggregate(g => new HourlyTotal(g.Key, g.Window.Start, g.Count(), g.Sum(o => o.Amount)))
                    .To(Files.JsonLines<HourlyTotal>(output));
            }

            public record Flight(string Origin, DateTime Departure, int Delay, double Distance);

            public record DailyDelay(string Origin, DateOnly Day, int Flights, double Average, int Worst);

            public static class FlightDelays
            {
                [Pipeline]
                public static void Define(Job job, string input, string output) => job
                    .From(Csv.Read<Flight>(input))
                    .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
                    .Where(f => f.Distance > 100)
                    .KeyBy(f => f.Origin)
                    .Window(Tumbling.Of(TimeSpan.FromDays(1)))
                    .Aggregate(g => new DailyDelay(
                        g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
                    .To(Files.JsonLines<DailyDelay>(output));
            }
            """, "/home/somebody/projects/flights/Program.cs"));
        var trees = compilation.Run(new PipelineGenerator()).GetRunResult().GeneratedTrees;
        Assert.Equal(2, trees.Length);
        Assert.All(trees, static tree => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(tree.ToString()), 1, 12 * 1024));
    }
}
