using System.Diagnostics.CodeAnalysis;
using System.Runtime.Versioning;
using Weir;
using Weir.Corpus;

#pragma warning disable CS0612, CS0618, EXP9, EXP8
await Play.Run(job => Pipelines.Define(job, Feed.Of(new Reading("a", 10, Mood.Good), new Reading("b", 11, Mood.Bad)), Caught.As<Result>()));

[Obsolete]
public sealed record Reading(string Sensor, long Time, Mood Mood);

[Obsolete("old")]
public enum Mood { Good, [Obsolete] Bad }

[Experimental("EXP9")]
public sealed class Result
{
    [Obsolete("do not call")]
    public Result(string text) => Text = text;
    public string Text { get; }
    public override string ToString() => Text;
}

public static class Pipelines
{
    [Obsolete("old")] public static string Twice(string n) => n + n;

    [Pipeline]
    public static void Define(Job job, ISource<Reading> source, ISink<Result> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .Where(r => r.Mood != Mood.Bad || Twice(r.Sensor) == "bb")
        .KeyBy(r => r.Mood)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new Result(g.Last().Sensor + g.Key + g.MaxBy(r => Twice(r.Sensor))!.Sensor))
        .KeyBy(r => r.Text)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => g.First())
        .To(sink);
}
