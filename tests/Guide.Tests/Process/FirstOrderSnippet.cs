namespace Weir.Guide.Tests.Process;

internal static class FirstOrderSnippet
{
    // <snippet process>
    public sealed record Large(string Customer, DateTime At, decimal Amount, decimal Average);

    /// <summary>Tells of orders that are greater than twice the customer's average so far.</summary>
    public sealed class FindLarge(decimal times) : KeyedProcess<string, Order, Large>
    {
        private readonly ValueState<int> _orders = new();
        private readonly ValueState<decimal> _amount = new();

        public override void OnRecord(Order order, ProcessContext<string, Large> context)
        {
            if (_orders.Value > 0 && order.Amount > times * _amount.Value / _orders.Value)
            {
                context.Emit(new Large(context.Key, order.At, order.Amount, _amount.Value / _orders.Value));
            }

            _orders.Value++;
            _amount.Value += order.Amount;
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Large> large) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Process(() => new FindLarge(times: 2))
        .To(large);
    // </snippet>
}
