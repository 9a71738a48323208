namespace Weir.Guide.Tests.Functions;

internal static class ProcessWindowStateSnippet
{
    // <snippet process-window-state>
    public sealed record Hour(string Customer, DateTime From, decimal Amount, decimal SinceLastHour);

    public sealed class Compare : WindowProcess<IReadOnlyList<Order>, string, Hour>
    {
        private readonly ValueState<decimal> _last = new();

        public override void OnFire(IReadOnlyList<Order> orders, WindowContext<string, Hour> context)
        {
            var amount = orders.Sum(o => o.Amount);
            context.Emit(new Hour(context.Key, context.Window.Start, amount, amount - _last.Value));
            _last.Value = amount;
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Hour> hours) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Process(() => new Compare())
        .To(hours);
    // </snippet>
}
