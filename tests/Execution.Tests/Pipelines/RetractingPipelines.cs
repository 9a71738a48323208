namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windows whose results say what they replace.</summary>
internal static class RetractingPipelines
{
    [Pipeline]
    public static void ByLinq(Job job, ISource<Reading> source, ISink<string> sink, string prefix) => Early(job, source)
        .Retracting()
        .Aggregate(g => $"{prefix} {g.Key} {g.Window.StartTime} {g.Count()} {g.Sum(r => r.Level)}")
        .Select(change => $"{change}")
        .To(sink);

    [Pipeline]
    public static void ByHand(Job job, ISource<Reading> source, ISink<string> sink, long factor)
    {
        var windows = Early(job, source).Retracting();
        windows.Aggregate(new Levels(), (sensor, window, level) => $"{sensor} {level * factor}")
            .Select(change => $"{change}")
            .Union(
                windows.Aggregate(new Levels()).Select(change => $"plain {change}"),
                windows.Reduce((a, b) => a.Level * factor > b.Level * factor ? a : b).Select(change => $"top {change.New?.Level}"),
                windows.Reduce((a, b) => a.Level < b.Level ? a : b, (sensor, _, r) => r.Level + (int)factor).Select(c => $"least {c}"))
            .To(sink);
    }

    private static WindowedStream<Reading, string> Early(Job job, ISource<Reading> source) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromDays(1))
        .Where(r => r.Level != 4)
        .KeyBy(r => r.Sensor)
        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(20)))
        .Trigger(Trigger.Count(2));

    public sealed class Levels : IAggregate<Reading, long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in Reading record) => accumulator += record.Level;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
