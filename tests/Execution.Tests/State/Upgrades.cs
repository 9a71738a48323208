using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.State;

/// <summary>One pipeline in two versions, whose types have changed in between.</summary>
public static class Upgrades
{
    private const string Old = "Weir.Execution.Tests.State.Upgrades.";

    public enum Tier
    {
        Bronze,
        Silver,
    }

    /// <summary>Somebody has put a name in front.</summary>
    [WasNamed(Old + nameof(Tier))]
    public enum ShiftedTier
    {
        Wood,
        Bronze,
        Silver,
    }

    /// <summary>Somebody has put a name behind, with a number of its own.</summary>
    [WasNamed(Old + nameof(Tier))]
    public enum GrownTier
    {
        Bronze,
        Silver,
        Gold,
    }

    public readonly record struct Key(string Sensor, Tier Tier);

    [WasNamed(Old + nameof(Key))]
    public readonly record struct ShiftedKey(string Sensor, ShiftedTier Tier);

    [WasNamed(Old + nameof(Key))]
    public readonly record struct GrownKey([property: WasNamed("Sensor")] string Name, GrownTier Tier);

    public sealed class Total
    {
        public int Sum { get; set; }

        public string First { get; set; } = "";

        public string Last { get; set; } = "";
    }

    [WasNamed(Old + nameof(Total))]
    public sealed record GrownTotal
    {
        public string Last { get; set; } = "";

        public string First { get; set; } = "";

        public long Sum { get; set; }

        public int Added { get; set; } = 1000;
    }

    public sealed class Totals : IAggregate<Reading, Total, string>
    {
        public Total Create() => new();

        public void Add(ref Total accumulator, in Reading record)
        {
            accumulator.Sum += record.Level;
            accumulator.First = accumulator.First.Length == 0 ? $"{record.Level}" : accumulator.First;
            accumulator.Last = $"{record.Level}";
        }

        public void Merge(ref Total accumulator, in Total other) => throw new NotSupportedException();

        public string Result(in Total accumulator) => $"{accumulator.Sum} {accumulator.First} {accumulator.Last}";
    }

    public sealed class GrownTotals : IAggregate<Reading, GrownTotal, string>
    {
        public GrownTotal Create() => new();

        public void Add(ref GrownTotal accumulator, in Reading record)
        {
            accumulator.Sum += record.Level;
            accumulator.First = accumulator.First.Length == 0 ? $"{record.Level}" : accumulator.First;
            accumulator.Last = $"{record.Level}";
            accumulator.Added++;
        }

        public void Merge(ref GrownTotal accumulator, in GrownTotal other) => throw new NotSupportedException();

        public string Result(in GrownTotal accumulator) =>
            $"{accumulator.Sum} {accumulator.First} {accumulator.Last}{(accumulator.Added < 1000 ? "?" : "")}";
    }

    [Pipeline]
    public static void First(Job job, ISource<Reading> source, ISink<Summary> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .KeyBy(r => new Key(r.Sensor, r.Level % 2 == 0 ? Tier.Bronze : Tier.Silver))
        .Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
        .Aggregate(new Totals(), (key, window, answer) => new Summary($"{key.Sensor} {key.Tier}", window.StartTime, answer))
        .To(sink);

    [Pipeline]
    public static void Grown(Job job, ISource<Reading> source, ISink<Summary> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .KeyBy(r => new GrownKey(r.Sensor, r.Level % 2 == 0 ? GrownTier.Bronze : GrownTier.Silver))
        .Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
        .Aggregate(new GrownTotals(), (key, window, answer) => new Summary($"{key.Name} {key.Tier}", window.StartTime, answer))
        .To(sink);

    [Pipeline]
    public static void Shifted(Job job, ISource<Reading> source, ISink<Summary> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .KeyBy(r => new ShiftedKey(r.Sensor, r.Level % 2 == 0 ? ShiftedTier.Bronze : ShiftedTier.Silver))
        .Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
        .Aggregate(new Totals(), (key, window, answer) => new Summary($"{key.Sensor} {key.Tier}", window.StartTime, answer))
        .To(sink);

    /// <summary>A second aggregate stands in front of the first.</summary>
    [Pipeline]
    public static void Doubled(Job job, ISource<Reading> source, ISink<Summary> sink)
    {
        var keyed = job.From(source)
            .WithEventTime(r => r.Time, TimeSpan.Zero)
            .KeyBy(r => new Key(r.Sensor, r.Level % 2 == 0 ? Tier.Bronze : Tier.Silver));
        keyed.Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
            .Aggregate(new Totals(), (key, window, answer) => new Summary("new", window.StartTime, answer)).To(sink).Id("new-sink");
        keyed.Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
            .Aggregate(new Totals(), (key, window, answer) => new Summary($"{key.Sensor} {key.Tier}", window.StartTime, answer)).To(sink);
    }

    [Pipeline]
    public static void TwoSums(Job job, ISource<Reading> source, ISink<Summary> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Sensor).Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
        .Aggregate(g => new Summary(g.Key, g.Window.StartTime, $"{g.Sum(r => r.Level)} {g.Sum(r => r.Maybe)} {g.Count()}"))
        .To(sink);

    /// <summary>The sums have changed places, and there is no count.</summary>
    [Pipeline]
    public static void SwappedSums(Job job, ISource<Reading> source, ISink<Summary> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(x => x.Sensor).Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
        .Aggregate(g => new Summary(g.Key, g.Window.StartTime, $"{g.Sum(x => x.Maybe)} {g.Sum(x => x.Level)}"))
        .To(sink);

    /// <summary>An average needs what nobody has counted.</summary>
    [Pipeline]
    public static void MoreSums(Job job, ISource<Reading> source, ISink<Summary> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(x => x.Sensor).Window(Tumbling.Of(TimeSpan.FromDays(10_000)))
        .Aggregate(g => new Summary(g.Key, g.Window.StartTime, $"{g.Sum(x => x.Level)} {g.Max(x => x.Level)}"))
        .To(sink);
}
