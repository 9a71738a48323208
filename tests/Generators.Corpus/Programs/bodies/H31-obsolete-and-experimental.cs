using System.Diagnostics.CodeAnalysis;
using Weir;
using Weir.Corpus;

#pragma warning disable EXP1, CS0618
await Play.Run(job => Pipelines.Define(job, Feed.Of(new Old(1, 2, 10), new Old(3, 4, 20)), Caught.As<Sum>()));

public sealed record Old(int Number, [property: Obsolete("use Number")] int Former, long Time)
{
    [Experimental("EXP1")]
    public int Next { get; init; } = 7;
}

[Experimental("EXP1")]
public sealed record Sum(int Key, int Total);

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Old> source, ISink<Sum> sink) => job.From(source)
        .WithEventTime(o => o.Time, TimeSpan.Zero)
        .Where(o => o.Former > 0 && o.Next == 7)
        .KeyBy(o => o.Number)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new Sum(g.Key, g.Sum(o => o.Former + o.Next)))
        .To(sink);
}
