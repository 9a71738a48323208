namespace Weir.Execution.Tests.Pipelines;

/// <summary>Streams that are split, flattened and sent, and watermarks of every strategy.</summary>
internal static class SplitPipelines
{
    [Pipeline]
    public static void Split(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var high = job.From(source).Where(r => r.Level > 0).Split(r => r.Level > 5, out var low);
        var byColour = low.Select(r => (r.Colour, Text: $"low {r.Level}")).Split(pair => pair.Colour, Colour.Red);
        high.Select(r => $"high {r.Level}")
            .Union(
                byColour[Colour.Red].Select(pair => $"red {pair.Text}"),
                byColour.Rest.Where(pair => pair.Text.Length > 2).Select(pair => $"other {pair.Text}"))
            .To(sink);
    }

    [Pipeline]
    public static void ByType(Job job, ISource<Reading> source, ISink<string> sink, int least)
    {
        var others = job.From(source)
            .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
            .SelectMany(r => new IComparable?[] { r.Level, null, (long)r.Level, (r.Sensor.Length, r.Level), r.Colour })
            .Split(out Stream<int> levels, out Stream<(int Length, int Level)> pairs);
        levels.Split(level => level >= least, out var low).Select(level => $"high {level}")
            .Union(
                low.Select(level => $"low {level}"),
                pairs.Where(pair => pair.Level > 1).Select(pair => $"pair {pair.Length}"),
                others.Where(other => other is null or long).Select(other => $"other {other}"))
            .To(sink);
    }

    [Pipeline]
    public static void Flattened(Job job, ISource<Reading> source, ISink<int> sink) => job
        .From(source)
        .Select(r => new[] { r.Level, r.Level + 1 })
        .Flatten()
        .Where(level => level % 3 != 0)
        .To(sink);

    [Pipeline]
    public static void Sent(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var levels = job.From(source).Select(r => r.Level);
        levels.Broadcast().Where(level => level > 2).WithParallelism(2).Select(level => $"all {level}").WithParallelism(2)
            .Union(levels.Partition((level, subtasks) => Math.Abs(level) % subtasks).Select(level => $"one {level}"))
            .To(sink);
    }

    [Pipeline]
    public static void Ascending(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Watermarks.BoundedDisorder(TimeSpan.FromDays(1)))
        .Where(r => r.Level > 2)
        .KeyBy(r => r.Colour)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => $"{g.Key} {g.Window} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Generated(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .Where(r => r.Level > 2)
        .WithEventTime(r => r.Time, new NothingEver<Told>())
        .Select(r => (r.Colour, r.Level))
        .KeyBy(pair => pair.Colour)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => $"{g.Key} {g.Window} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Punctuated(Job job, ISource<long> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(n => EventTime.ToDateTime(Math.Abs(n)), watermark: (n, at) => n < 0 ? at : null)
        .Where(n => n != 4)
        .KeyBy(n => 0)
        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
        .Aggregate(g => $"{g.Window.StartTime}={g.Count()}")
        .To(sink);

    /// <summary>Promises nothing: all windows fire at the end.</summary>
    internal sealed class NothingEver<TState> : WatermarkGenerator<Reading, TState>
    {
        public override long? OnRecord(in Reading record, long time, ref TState state) => null;
    }

    /// <summary>What a generator remembers of a split: its codec is written without being asked for.</summary>
    internal record struct Told(int Records, string? Last);
}
