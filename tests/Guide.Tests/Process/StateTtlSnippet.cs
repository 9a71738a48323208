namespace Weir.Guide.Tests.Process;

internal static class StateTtlSnippet
{
    // <snippet state-ttl>
    public sealed record Visit(DateTime At, string Customer, int Orders, decimal Greatest);

    /// <summary>Counts a customer's orders, and forgets whoever has not ordered for a day.</summary>
    public sealed class Visits : KeyedProcess<string, Order, Visit>
    {
        private static readonly StateTtl Day = StateTtl.Of(TimeSpan.FromDays(1));

        private readonly ValueState<int> _orders = new(Day);
        private readonly ReducingState<decimal> _greatest = new(Math.Max, Day);

        public override void OnRecord(Order order, ProcessContext<string, Visit> context)
        {
            _orders.Value++;
            _greatest.Add(order.Amount);
            context.Emit(new Visit(order.At, context.Key, _orders.Value, _greatest.Value));
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Visit> visits) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Process(() => new Visits())
        .To(visits);
    // </snippet>
}
