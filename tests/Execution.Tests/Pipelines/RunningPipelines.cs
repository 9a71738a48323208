namespace Weir.Execution.Tests.Pipelines;

/// <summary>Pipelines that say at each record how far its key has come.</summary>
internal static class RunningPipelines
{
    [Pipeline]
    public static void Untimed(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .KeyBy(r => r.Sensor)
        .Aggregate(g => $"{g.Key} {g.Count()} {g.Sum(r => (long)r.Level)} {g.First().Time} {g.Last().Level}")
        .To(sink);

    [Pipeline]
    public static void Timed(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromHours(1))
        .Where(r => r.Level % 3 != 0)
        .KeyBy(r => new Place(r.Level & 3, r.Sensor))
        .Aggregate(g => new Best(g.Key, g.Count(), g.Max(r => r.Value), g.Aggregate("", (text, r) => text + r.Note)))
        .KeyBy(best => best.Place.Column)
        .Window(Tumbling.Of(TimeSpan.FromMilliseconds(200)))
        .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()} {g.Sum(best => best.Count)} {g.Max(best => best.Notes.Length)}")
        .To(sink);

    [Pipeline]
    public static void Expanded(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromHours(1))
        .SelectMany(r => new[] { r, r with { Level = r.Level + 1 }, r with { Sensor = "all" } })
        .KeyBy(r => r.Sensor)
        .Reduce((a, b) => b with { Level = unchecked(a.Level + b.Level) })
        .Select(r => $"{r.Sensor} {r.Level} {r.Time}")
        .To(sink);

    [Pipeline]
    public static void ByHand(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .KeyBy(r => r.Colour)
        .Aggregate(new Latest(), (colour, latest) => $"{colour} {latest}")
        .To(sink);

    [Pipeline]
    public static void ByHandAndCaptured(Job job, ISource<Reading> source, ISink<string> sink, int more) => job
        .From(source)
        .KeyBy(r => r.Colour)
        .Aggregate(new Latest(), (colour, latest) => $"{colour} {latest + more}")
        .To(sink);

    [Pipeline]
    public static void ReducedAndCaptured(Job job, ISource<Reading> source, ISink<string> sink, int more, string tag) => job
        .From(source)
        .KeyBy(r => r.Colour)
        .Reduce((a, b) =>
        {
            var sum = unchecked(a.Level + b.Level + more);
            return b with { Level = sum, Note = tag };
        })
        .Select(r => $"{r.Colour} {r.Level}")
        .To(sink);

    [Pipeline]
    public static void Everything(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .KeyBy(r => r.Sensor)
#pragma warning disable WEIR3001 // That is what is tested: the stage runs interpreted.
        .Aggregate(g => $"{g.Key} {string.Join(' ', g.OrderBy(r => r.Time).Select(r => r.Level))}")
#pragma warning restore WEIR3001
        .To(sink);

    /// <summary>How far a place has come.</summary>
    public sealed record Best(Place Place, int Count, double Value, string Notes);

    /// <summary>A number made of all levels in their order.</summary>
    public sealed class Latest : IAggregate<Reading, long, long>
    {
        public MergeOrder Order => MergeOrder.None;

        public long Create() => 1;

        public void Add(ref long accumulator, in Reading record) => accumulator = unchecked((accumulator * 31) + record.Level);

        public void Merge(ref long accumulator, in long other) => throw new NotSupportedException("Nothing is merged here.");

        public long Result(in long accumulator) => accumulator;
    }
}
