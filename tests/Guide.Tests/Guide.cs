using Weir.Guide.Tests.Doubles;
using Weir.Guide.Tests.Pages;

namespace Weir.Guide.Tests;

/// <summary>Runs a snippet of the guide over its orders and compares with the rows that the page shows below it.</summary>
internal static class Guide
{
    /// <summary>Runs it compiled and interpreted.</summary>
    public static async Task Shows<TOut>(string snippet, Action<Job, ISource<Order>, ISink<TOut>> define)
    {
        foreach (var interpreted in new[] { false, true })
        {
            var sink = new OrderedSink<TOut>();
            await Run((job, orders) => define(job, orders, sink), interpreted);
            GuidePages.Compare("rows", snippet, Table.Of(Settled(sink.Records)));
        }
    }

    /// <summary>Runs one with two sinks; the page shows the rows of the second by a name of their own.</summary>
    public static async Task Shows<TOut, TSide>(
        string snippet, string side, Action<Job, ISource<Order>, ISink<TOut>, ISink<TSide>> define)
    {
        foreach (var interpreted in new[] { false, true })
        {
            var (sink, sideSink) = (new OrderedSink<TOut>(), new OrderedSink<TSide>());
            await Run((job, orders) => define(job, orders, sink, sideSink), interpreted);
            GuidePages.Compare("rows", snippet, Table.Of(Settled(sink.Records)));
            GuidePages.Compare("rows", side, Table.Of(Settled(sideSink.Records)));
        }
    }

    private static async Task Run(Action<Job, ISource<Order>> define, bool interpreted)
    {
        var job = new Job("guide");
        define(job, new ListSource<Order>(Orders.All));

        // The watermark goes on with each order, as it does where orders come one at a time.
        var options = new JobOptions { BatchCapacity = 1, Interpreted = interpreted, RestartStrategy = RestartStrategy.None };
        await job.RunAsync(options, TestContext.Current.CancellationToken);
    }

    /// <summary>Results of one event time that follow each other have no order between customers: they are given one.</summary>
    private static IEnumerable<TOut> Settled<TOut>(List<(long Time, TOut Value)> records)
    {
        for (var i = 0; i < records.Count;)
        {
            var run = records.Skip(i).TakeWhile(record => record.Time == records[i].Time).ToList();
            i += run.Count;
            foreach (var (_, value) in run.OrderBy(record => CustomerOf(record.Value), StringComparer.Ordinal))
            {
                yield return value;
            }
        }
    }

    private static string CustomerOf<TOut>(TOut record) => $"{typeof(TOut).GetProperty(nameof(Order.Customer))?.GetValue(record)}";
}
