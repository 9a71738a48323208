using Weir;

namespace Corpus;

public static class NastyBoundaries
{
    [Pipeline(Guarantee = Guarantee.ExactlyOnce)]
    public static void Define(Job job, Replayed replayed, Forgetful forgetful, ITransactionalSink<Trade> safe, bool left)
    {
        Part(job.From(replayed));
        var chain = Deeper(job.From(replayed), safe);
        var source = left ? forgetful : new Forgetful();
        job.From(source).To(safe); // WEIR0005
        var sink = new AnySink();
        job.From(replayed).To(sink); // WEIR0005
        StreamVerbs.To(job.From(replayed), new AnySink()); // WEIR0005

        // Near misses.
        job.From(replayed).To(Wrap(safe));
    }

    public static async Task Run(Forgetful forgetful, ITransactionalSink<Trade> safe, Replayed replayed)
    {
        var first = new Job("a");
        Once(first, forgetful);
        await first.RunAsync(new JobOptions { Guarantee = Guarantee.ExactlyOnce });
        var second = new Job("b");
        AtLeast(second, forgetful);
        await second.RunAsync(new JobOptions { Guarantee = Guarantee.AtLeastOnce });
        var third = new Job("c");
        third.From(forgetful).To(safe); // WEIR0005
        var options = new JobOptions { Guarantee = Guarantee.ExactlyOnce };
        await third.RunAsync(options);
        var fourth = new Job("d");
        fourth.From(forgetful).To(safe);
        await fourth.RunAsync(new JobOptions());
    }

    [Pipeline]
    public static void Once(Job job, Forgetful forgetful) => job.From(forgetful).To(new Upsert()); // WEIR0005

    [Pipeline]
    public static void AtLeast(Job job, Forgetful forgetful) => job.From(forgetful).To(new Upsert());

    private static void Part(Stream<Trade> trades) => trades.To(new AnySink()); // WEIR0005

    private static Stream<Trade> Deeper(Stream<Trade> trades, ITransactionalSink<Trade> safe)
    {
        trades.To(safe);
        Part(trades);
        return trades;
    }

    private static ITransactionalSink<Trade> Wrap(ITransactionalSink<Trade> sink) => sink;
}
