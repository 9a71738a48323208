namespace Weir.Victim;

/// <summary>A topic in; copies, running counts and windowed sums of it out.</summary>
internal static class TopicsPipeline
{
    /// <summary>How long a window is.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>Defines it.</summary>
    [Pipeline]
    public static void Define(
        Job job, ISource<Arrival> source, ITransactionalSink<Copy> copies, ITransactionalSink<Count> counts, ITransactionalSink<Sum> sums)
    {
        var arrivals = job.From(source).Id("arrivals").WithEventTime(a => a.At, Watermarks.Ascending);
        arrivals.Select(a => new Copy(a.Partition, a.Offset, a.Key, a.Amount)).To(copies).Id("copies");
        var keyed = arrivals.KeyBy(a => a.Key);
        keyed.Process(() => new Counting()).Id("counting").To(counts).Id("counts");
        keyed.Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
            .Aggregate(g => new Sum(g.Key, EventTime.Of(g.Window.Start), g.Count(), g.Sum(a => a.Amount))).Id("windows")
            .To(sums).Id("sums");
    }
}
