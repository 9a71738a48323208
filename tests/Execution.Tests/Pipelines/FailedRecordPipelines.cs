namespace Weir.Execution.Tests.Pipelines;

/// <summary>Pipelines of numbers that fail on the number 7, each in another verb. The number is its own event time, in seconds.</summary>
internal static class FailedRecordPipelines
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    [Pipeline]
    public static void InWhere(Job job, ISource<int> source, ISink<string> sink) => Count(job.From(source)
        .Where(n => n != 4)
        .Where(n => 100 / (n - 7) < 1000)
        .WithEventTime(n => n * EventTime.Second, Ten), sink);

    [Pipeline]
    public static void InSelect(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .Where(n => n != 4)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .SelectMany(n => new[] { n + 1000, n })
        .Select(n => n + (100 / (n - 7)))
        .KeyBy(n => n % 3)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void InSelectMany(Job job, ISource<int> source, ISink<string> sink) => Count(job.From(source)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .Where(n => n != 4)
        .SelectMany(n => Enumerable.Range(0, 3).Select(i => i + (100 / (n - 7)))), sink);

    [Pipeline]
    public static void InEventTime(Job job, ISource<int> source, ISink<string> sink) => Count(job.From(source)
        .Where(n => n != 4)
        .WithEventTime(n => 100 / (n - 7) * EventTime.Second, Ten), sink);

    [Pipeline]
    public static void InKeyBy(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .Where(n => n != 4)
        .KeyBy(n => 100 / (n - 7))
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void NullKey(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .Where(n => n != 4)
        .KeyBy(n => n == 7 ? null! : "all")
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void InSplit(Job job, ISource<int> source, ISink<string> sink)
    {
        var large = job.From(source)
            .WithEventTime(n => n * EventTime.Second, Ten)
            .Split(n => n > 4, out var small)
            .Where(n => n > 5)
            .Split(n => 100 / (n - 7) > 1, out var odd);
        small.Select(n => $"small {n}").To(sink);
        large.Select(n => $"large {n}").To(sink);
        odd.Select(n => $"odd {n}").To(sink);
    }

    [Pipeline]
    public static void InProcess(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .Where(n => n != 4)
        .KeyBy(n => n % 2)
        .Process(() => new Inverse())
        .To(sink);

    [Pipeline]
    public static void InAdd(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .Where(n => n != 4)
        .KeyBy(n => n % 2)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
        .Aggregate(new Inverses())
        .Select(n => $"{n}")
        .To(sink);

    [Pipeline]
    public static void BehindWindow(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .WithEventTime(n => n * EventTime.Second, Ten)
        .KeyBy(n => 0)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => g.Max(n => n))
        .Where(n => n >= 0)
        .Select(n => $"{100 / (n - 7)}")
        .To(sink);

    private static void Count(Stream<int> numbers, ISink<string> sink) => numbers.Select(n => $"{n}").To(sink);

    public sealed class Inverse : KeyedProcess<int, int, string>
    {
        public override void OnRecord(int record, ProcessContext<int, string> context) => context.Emit($"{100 / (record - 7)}");
    }

    public sealed class Inverses : IAggregate<int, int, int>
    {
        public int Create() => 0;

        public void Add(ref int sum, in int record) => sum += 100 / (record - 7);

        public void Merge(ref int sum, in int other) => sum += other;

        public int Result(in int sum) => sum;
    }
}
