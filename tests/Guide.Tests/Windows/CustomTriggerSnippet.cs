namespace Weir.Guide.Tests.Windows;

internal static class CustomTriggerSnippet
{
    // <snippet trigger-custom>
    public sealed record Spent(string Customer, DateTime From, decimal Amount);

    /// <summary>Fires each time that orders for another so many have come, and at the end of the window.</summary>
    public sealed class EachSum(decimal sum) : Trigger<Order, decimal>
    {
        public override TriggerResult OnRecord(Order order, long time, ref decimal since, TriggerContext context)
        {
            context.RegisterEventTimer(context.Window.MaxTime);
            since += order.Amount;
            if (since < sum)
            {
                return TriggerResult.Wait;
            }

            since = 0;
            return TriggerResult.Fire;
        }

        public override TriggerResult OnEventTime(long time, ref decimal since, TriggerContext context) =>
            time == context.Window.MaxTime ? TriggerResult.Fire : TriggerResult.Wait;

        public override void Clear(ref decimal since, TriggerContext context) => context.DeleteEventTimer(context.Window.MaxTime);
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Spent> spent) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Trigger(new EachSum(15))
        .Aggregate(g => new Spent(g.Key, g.Window.Start, g.Sum(o => o.Amount)))
        .To(spent);
    // </snippet>
}
