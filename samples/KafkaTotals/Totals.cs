using Weir;

namespace KafkaTotals;

/// <summary>The job of this sample: orders in, the totals of each customer and minute out, each once.</summary>
internal static class Totals
{
    [Pipeline]
    public static void Define(Job job) => job
        .From(Kafka.Read<Order>("orders"))
        .WithEventTime(order => order.At, maxDisorder: TimeSpan.FromSeconds(5))

        // Three customers may leave a partition without orders: it must not hold the others up.
        .IdleAfter(TimeSpan.FromSeconds(2))
        .KeyBy(order => order.Customer)
        .Window(Tumbling.Of(TimeSpan.FromMinutes(1)))
        .Aggregate(g => new CustomerTotal(g.Window.Start, g.Key, g.Count(), g.Sum(order => order.Amount)))
        .To(Kafka.Write<CustomerTotal>("totals", message => message.Key(total => total.Customer)));
}
