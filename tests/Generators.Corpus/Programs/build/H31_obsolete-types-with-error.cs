// reports: WEIR0002 WEIR3002
using Weir;
using Weir.Corpus;

#pragma warning disable CS0612, CS0618
Old.Run();

[Obsolete("gone", error: true)]
public sealed record Reading(string Sensor, long Time, Mood Mood);

[Obsolete("gone", error: true)]
public enum Mood { Good }

[Obsolete]
public static class Old
{
    public static void Run() => Play.Run(job => Define(job, Feed.Of(new Reading("a", 10, Mood.Good)), Caught.As<string>())).Wait();

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
