namespace Weir.Guide.Tests.Savepoints;

internal static class SavepointSnippet
{
    // <snippet savepoint-stop>
    public static async Task<string> StopAsync(RunningJob job, string directory)
    {
        var result = await job.StopWithSavepointAsync(directory);
        return $"{result.RecordsIn} orders read, savepoint in {result.SavepointDirectory}";
    }
    // </snippet>

    // <snippet savepoint-write>
    public static void Bootstrap(string directory, IEnumerable<(string Customer, int Orders, decimal Amount)> rows)
    {
        var writer = new SavepointWriter("large-orders");
        var customers = writer.Process<string>("large");
        foreach (var (customer, orders, amount) in rows)
        {
            customers.Value("_orders", customer, orders).Value("_amount", customer, amount);
        }

        writer.Write(directory);
    }

    public sealed record Large(string Customer, decimal Amount);

    /// <summary>Tells of orders that are greater than twice the customer's average so far.</summary>
    public sealed class FindLarge : KeyedProcess<string, Order, Large>
    {
        private readonly ValueState<int> _orders = new();
        private readonly ValueState<decimal> _amount = new();

        public override void OnRecord(Order order, ProcessContext<string, Large> context)
        {
            if (order.Amount * _orders.Value > 2 * _amount.Value)
            {
                context.Emit(new Large(context.Key, order.Amount));
            }

            _orders.Value++;
            _amount.Value += order.Amount;
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Large> large) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Process(() => new FindLarge()).Id("large")
        .To(large);
    // </snippet>

    // <snippet savepoint-read>
    public static IEnumerable<string> Read(string directory)
    {
        using var savepoint = Savepoint.Open(directory);
        var amounts = savepoint.Operator("large").State("_amount");
        foreach (var entry in amounts.Read<string, decimal>().OrderBy(entry => entry.Key))
        {
            yield return $"{entry.Key} has bought for {entry.Value}";
        }
    }
    // </snippet>
}
