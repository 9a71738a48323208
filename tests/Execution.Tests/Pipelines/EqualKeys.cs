namespace Weir.Execution.Tests.Pipelines;

/// <summary>Values that are equal though their bits are not.</summary>
public sealed record Twin(long Time, decimal Price, double Value, float Small, DateTimeOffset Moment, DateTime Day, string Name);

/// <summary>A reference to key by, equal where its members are.</summary>
public sealed record Tag(decimal Price, string Name);

/// <summary>How many records had a key.</summary>
public sealed record Group<TKey>(TKey Key, int Count);

internal static class EqualKeyPipelines
{
    private static readonly Tumbling Day = Tumbling.Of(TimeSpan.FromDays(1));

    [Pipeline]
    public static void Decimals(Job job, ISource<Twin> source, ISink<Group<decimal>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Price).Window(Day)
        .Aggregate(g => new Group<decimal>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Doubles(Job job, ISource<Twin> source, ISink<Group<double>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Value).Window(Day)
        .Aggregate(g => new Group<double>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Floats(Job job, ISource<Twin> source, ISink<Group<float>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Small).Window(Day)
        .Aggregate(g => new Group<float>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Moments(Job job, ISource<Twin> source, ISink<Group<DateTimeOffset>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Moment).Window(Day)
        .Aggregate(g => new Group<DateTimeOffset>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Days(Job job, ISource<Twin> source, ISink<Group<DateTime>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Day).Window(Day)
        .Aggregate(g => new Group<DateTime>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Tuples(Job job, ISource<Twin> source, ISink<Group<(double, decimal)>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => (r.Value, r.Price)).Window(Day)
        .Aggregate(g => new Group<(double, decimal)>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Records(Job job, ISource<Twin> source, ISink<Group<Tag>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => new Tag(r.Price, "tag")).Window(Day)
        .Aggregate(g => new Group<Tag>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Optional(Job job, ISource<Twin> source, ISink<Group<decimal?>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => (decimal?)r.Price).Window(Day)
        .Aggregate(g => new Group<decimal?>(g.Key, g.Count())).To(sink);

    [Pipeline]
    public static void Texts(Job job, ISource<Twin> source, ISink<Group<string>> sink) => job
        .From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Name).Window(Day)
        .Aggregate(g => new Group<string>(g.Key, g.Count())).To(sink);
}
