// reports: WEIR3002 WEIR3003
using Weir;
using Weir.Corpus;

#pragma warning disable CS0612, CS0618
Old.Run();

[Obsolete("gone", error: true)]
public sealed record Reading(string Sensor, long Time, Mood Mood)
{
    [Obsolete("gone", error: true)]
    public static int Twice(int n) => 2 * n;
}

[Obsolete("gone", error: true)]
public enum Mood { Good }

[Obsolete]
public static class Old
{
    public static void Run() => Play.Run(job => Define(job, Feed.Of(new Reading("a", 10, Mood.Good)), Caught.As<string>())).Wait();

    [Obsolete("gone", error: true)] const int Limit = 3;

    [Pipeline]
    public static void Define(Job job, ISource<Reading> source, ISink<string> sink)
    {
        job.From(source).Where(r => r.Mood == Mood.Good).Select(r => r.Sensor.Length + Limit)
            .Select(n => Reading.Twice(n)).Select(n => $"{n}").To(sink);
    }
}
