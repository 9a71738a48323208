namespace Weir.Guide.Tests.Process;

internal static class SideOutputSnippet
{
    // <snippet side-output>
    public sealed record Running(string Customer, DateTime At, decimal Amount);

    public sealed class Sum : KeyedProcess<string, Order, Running>
    {
        /// <summary>Orders that came when the watermark had passed them.</summary>
        public static readonly SideOutput<Order> Late = new("late");

        private readonly ValueState<decimal> _amount = new();

        public override void OnRecord(Order order, ProcessContext<string, Running> context)
        {
            if (context.Time <= context.Watermark)
            {
                context.Emit(Late, order);
                return;
            }

            _amount.Value += order.Amount;
            context.Emit(new Running(context.Key, order.At, _amount.Value));
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Running> running, ISink<Order> late)
    {
        var sums = job.From(orders)
            .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
            .KeyBy(o => o.Customer)
            .Process(() => new Sum());
        sums.To(running);
        sums.Side(Sum.Late).To(late);
    }
    // </snippet>
}
