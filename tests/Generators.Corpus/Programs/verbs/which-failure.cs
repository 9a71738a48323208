using Weir;
using Weir.Corpus;

// Two records of a batch fail, the later one in the earlier verb: the earlier record's failure is the one that C# would see.
await Play.Run(job => Pipelines.WhereSelect(job, Data.Numbers(), Caught.As<int>("where")));
await Play.Run(job => Pipelines.Times(job, Data.Numbers(), Caught.As<int>("times")));
await Play.Run(job => Pipelines.Expand(job, Data.Numbers(), Caught.As<int>("expand")));

public static class Pipelines
{
    [Pipeline]
    public static void WhereSelect(Job job, ISource<int> source, ISink<int> sink) => job.From(source)
        .Where(n => n == 20 ? throw new InvalidDataException("record 20") : true)
        .Select(n => n == 19 ? throw new FormatException("record 19") : n)
        .To(sink);

    [Pipeline]
    public static void Times(Job job, ISource<int> source, ISink<int> sink) => job.From(source)
        .WithEventTime(n => n == 20 ? throw new InvalidDataException("record 20") : new DateTime(2026, 1, 1).AddSeconds(n), TimeSpan.Zero)
        .Where(n => n == 19 ? throw new FormatException("record 19") : true)
        .To(sink);

    [Pipeline]
    public static void Expand(Job job, ISource<int> source, ISink<int> sink) => job.From(source)
        .SelectMany(n => n == 20 ? throw new InvalidDataException("record 20") : new[] { n, n })
        .Select(n => n == 19 ? throw new FormatException("record 19") : n)
        .To(sink);
}

public static class Data
{
    public static ISource<int> Numbers() => Feed.Of([.. Enumerable.Range(1, 50)]);
}
