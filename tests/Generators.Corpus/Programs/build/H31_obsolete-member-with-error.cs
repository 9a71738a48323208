// reports: WEIR0002 WEIR3001
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(new Reading("a", 10)), Caught.As<string>()));

public sealed record Reading(string Sensor, long Time)
{
    [Obsolete("gone", error: true)]
    public int Value { get; init; }
}

public static class Pipelines
{
    public static void Files_(Job job, string input, string output) =>
        job.From(Csv.Read<Reading>(input)).To(Files.JsonLines<Reading>(output));

    [Pipeline]
    public static void Define(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .KeyBy(r => r.Sensor)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => g.Last().Sensor)
        .To(sink);
}
