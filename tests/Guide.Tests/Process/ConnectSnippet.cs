namespace Weir.Guide.Tests.Process;

internal static class ConnectSnippet
{
    // <snippet connect>
    public sealed record Refund(DateTime At, string Customer, decimal Amount);

    public sealed record Balance(DateTime Until, string Customer, decimal Ordered, decimal Refunded);

    /// <summary>Tells at the end of each hour what a customer ordered in it, and what was paid back.</summary>
    public sealed class FindBalance : KeyedProcess<string, Order, Refund, Balance>
    {
        private static readonly Tumbling Hours = Tumbling.Of(TimeSpan.FromHours(1));

        private readonly MapState<long, decimal> _ordered = new();
        private readonly MapState<long, decimal> _refunded = new();

        public override void OnLeft(Order order, ProcessContext<string, Balance> context)
        {
            var end = Hours.Of(EventTime.Of(order.At)).EndTime;
            _ordered[end] = _ordered.GetValueOrDefault(end) + order.Amount;
            context.RegisterEventTimer(end);
        }

        public override void OnRight(Refund refund, ProcessContext<string, Balance> context)
        {
            var end = Hours.Of(EventTime.Of(refund.At)).EndTime;
            _refunded[end] = _refunded.GetValueOrDefault(end) + refund.Amount;
            context.RegisterEventTimer(end);
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<string, Balance> context)
        {
            context.Emit(new Balance(
                timer.At, context.Key, _ordered.GetValueOrDefault(timer.Time), _refunded.GetValueOrDefault(timer.Time)));
            _ordered.Remove(timer.Time);
            _refunded.Remove(timer.Time);
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISource<Refund> refunds, ISink<Balance> balances)
    {
        var refunded = job.From(refunds).WithEventTime(r => r.At, maxDisorder: TimeSpan.FromHours(1)).KeyBy(r => r.Customer);
        job.From(orders)
            .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromHours(1))
            .KeyBy(o => o.Customer)
            .Connect(refunded)
            .Process(() => new FindBalance())
            .To(balances);
    }
    // </snippet>

    public static IReadOnlyList<Refund> Refunds { get; } =
    [
        new(Orders.All[0].At.AddMinutes(20), "ann", 12.50m),
        new(Orders.All[0].At.AddMinutes(50), "bob", 3.00m),
        new(Orders.All[0].At.AddMinutes(75), "ann", 2.00m),
    ];
}
