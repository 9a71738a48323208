namespace Weir.Guide.Tests.Process;

internal static class TimerSnippet
{
    // <snippet timers>
    public sealed record Silence(string Customer, DateTime LastOrder, DateTime NoticedAt);

    /// <summary>Tells of customers who have not ordered for half an hour.</summary>
    public sealed class FindSilence : KeyedProcess<string, Order, Silence>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

        private readonly ValueState<long> _last = new();
        private readonly ValueState<long> _timer = new();

        public override void OnRecord(Order order, ProcessContext<string, Silence> context)
        {
            var time = EventTime.Of(order.At);
            if (_last.HasValue && time <= _last.Value)
            {
                return;
            }

            if (_timer.HasValue)
            {
                context.DeleteEventTimer(_timer.Value);
            }

            _last.Value = time;
            _timer.Value = context.RegisterEventTimerAfter(Patience);
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<string, Silence> context)
        {
            context.Emit(new Silence(context.Key, EventTime.ToDateTime(_last.Value), timer.At));
            _timer.Clear();
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Silence> silences) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Process(() => new FindSilence())
        .To(silences);
    // </snippet>
}
