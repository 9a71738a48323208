using System.Diagnostics.CodeAnalysis;
using Weir;
using Weir.Corpus;

var folder = Directory.CreateTempSubdirectory("weir-h31-").FullName;
try
{
    File.WriteAllText($"{folder}/in.csv", "sensor,value,time,next\na,1,10,5\nb,2,20,6\na,3,30,7\n");
    await Play.Run(job => Pipelines.Define(job, Csv.Read<Reading>($"{folder}/in.csv"), Files.JsonLines<Total>($"{folder}/out")));
    await Play.Run(job => job.From(JsonLines.Read<Total>($"{folder}/out/*.jsonl")).To(Caught.As<Total>()));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

public sealed record Reading(string Sensor, [property: Obsolete("use Next")] int Value, long Time)
{
    [Experimental("EXP1")]
    public int Next { get; init; } = 7;
}

public sealed record Total(string Sensor, [property: Obsolete("not used")] long Count)
{
    [Experimental("EXP2")]
    public Reading? Last { get; init; }

    [Obsolete]
    public Mood Mood { get; init; }
}

public enum Mood
{
    Good,
    [Obsolete("bad")]
    Bad,
    [Experimental("EXP3")]
    Odd,
}

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Reading> source, ISink<Total> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .KeyBy(r => r.Sensor)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new Kept(g.Key, g.LongCount(), g.Last()))
#pragma warning disable EXP2, CS0612
        .Select(k => new Total(k.Sensor, k.Count) { Last = k.Last, Mood = k.Count > 1 ? Mood.Good : default })
#pragma warning restore EXP2, CS0612
        .To(sink);

    public sealed record Kept(string Sensor, long Count, Reading Last);
}
