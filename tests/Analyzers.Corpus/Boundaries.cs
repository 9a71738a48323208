using Weir;

namespace Corpus;

public static class Boundaries
{
    [Pipeline(Guarantee = Guarantee.ExactlyOnce)]
    public static void Strict(
        Job job, ISource<Trade> unknown, ISink<Trade> anywhere, Replayed replayed, Forgetful forgetful, ITransactionalSink<Trade> safe)
    {
        job.From(forgetful).To(safe); // WEIR0005
        job.From(new Forgetful()) // WEIR0005
            .Where(t => t.Id > 1)
            .To(safe);
        job.From(replayed).To(new AnySink()); // WEIR0005
        ISink<Trade> sink = new AnySink();
        job.From(replayed).To(sink); // WEIR0005

        job.From(new Trade[3].ToAsyncEnumerable()).To(safe); // WEIR0005
        job.From(System.Threading.Channels.Channel.CreateUnbounded<Trade>().Reader).To(safe); // WEIR0005
        job.From(replayed).To(t => System.Console.WriteLine(t)); // WEIR0005
        job.From(replayed).To(System.Threading.Channels.Channel.CreateUnbounded<Trade>().Writer); // WEIR0005

        // Near misses.
        job.From(new Trade[3]).To(safe);
        job.From(System.Linq.Enumerable.Empty<Trade>()).To(safe);
        job.From(() => new Trade[3].ToAsyncEnumerable()).To(safe);
        job.From(replayed).To(safe);
        job.From(unknown).To(anywhere);
        job.From(replayed).To(new Upsert());
        job.From(Csv.Read<Line>("in")).To(Files.JsonLines<Line>("out"));
    }

    [Pipeline(Guarantee = Guarantee.AtLeastOnce)]
    public static void Loose(Job job, Forgetful forgetful) => job.From(forgetful).To(new AnySink());

    [Pipeline]
    public static void Asked(Job job, Forgetful forgetful) => job.From(forgetful).To(new Upsert()); // WEIR0005

    [Pipeline]
    public static void NotAsked(Job job, Forgetful forgetful) => job.From(forgetful).To(new AnySink());

    public static async Task Run(Forgetful forgetful)
    {
        var job = new Job("a");
        Asked(job, forgetful);
        await job.RunAsync(new JobOptions { Guarantee = Guarantee.ExactlyOnce });
    }

    public static async Task RunLoosely(Forgetful forgetful)
    {
        var job = new Job("b");
        NotAsked(job, forgetful);
        await job.RunAsync(new JobOptions { Guarantee = Guarantee.AtLeastOnce });
    }

    public static void Unions(Job job, Replayed left, Replayed right)
    {
        var first = job.From(left).WithEventTime(t => t.Time, TimeSpan.Zero);
        var second = job.From(right).WithEventTime(t => t.Time, TimeSpan.Zero).IdleAfter(TimeSpan.FromMinutes(1));
        first.Union(second); // WEIR3004
        second.Where(t => t.Id > 1).Union(first.Where(t => t.Id > 2)); // WEIR3004

        // Near misses.
        second.Union(second.Where(t => t.Id > 1));
        job.From(left).Union(job.From(right)).WithEventTime(t => t.Time, TimeSpan.Zero);
    }
}

public sealed class AnySink : ISink<Trade>
{
    public string Description => "anything";

    public ISinkWriter<Trade> Open(SinkContext context) => throw new NotSupportedException();
}

public sealed class Upsert : IIdempotentSink<Trade>
{
    public string Description => "a table";

    public ISinkWriter<Trade> Open(SinkContext context) => throw new NotSupportedException();
}

public class Replayed : Source<Trade, int>
{
    public override string Description => "a log";

    public override Codec<int> SplitCodec => throw new NotSupportedException();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) => new([1]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<Trade> Open(int split, Offset offset, SourceContext context)
    {
        Console.WriteLine(DateTime.UtcNow);
        throw new NotSupportedException();
    }
}

public sealed class Forgetful : Replayed, IUnreplayableSource;
