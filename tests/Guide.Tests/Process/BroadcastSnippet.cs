namespace Weir.Guide.Tests.Process;

internal static class BroadcastSnippet
{
    // <snippet broadcast>
    public sealed record Rule(string Name, decimal Limit);

    public sealed record Alert(DateTime At, string Customer, decimal Amount, string Rule);

    /// <summary>Tells of orders that break a rule; rules come, change and go while orders flow. Orders wait for the first rule.</summary>
    public sealed class FindBroken : BroadcastProcess<string, Order, Rule, Alert>
    {
        private readonly BroadcastState<string, decimal> _limits = new();
        private readonly ListState<Order> _waiting = new();

        public override void OnBroadcast(Rule rule, BroadcastContext context)
        {
            var limits = context.Writing(_limits);
            if (rule.Limit == 0)
            {
                limits.Remove(rule.Name);
            }
            else
            {
                limits[rule.Name] = rule.Limit;
            }
        }

        public override void OnRecord(Order order, ProcessContext<string, Alert> context)
        {
            _waiting.Add(order);
            context.RegisterEventTimer(EventTime.Of(order.At));
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<string, Alert> context)
        {
            foreach (var order in _waiting.Where(o => EventTime.Of(o.At) <= timer.Time))
            {
                foreach (var (name, limit) in _limits.Where(l => order.Amount > l.Value))
                {
                    context.Emit(new Alert(order.At, context.Key, order.Amount, name));
                }
            }

            _waiting.Replace(_waiting.Where(o => EventTime.Of(o.At) > timer.Time));
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISource<Rule> rules, ISink<Alert> alerts)
    {
        var all = job.From(rules).WithEventTime(_ => DateTime.UnixEpoch, maxDisorder: TimeSpan.Zero).Broadcast();
        job.From(orders)
            .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromHours(1))
            .KeyBy(o => o.Customer)
            .Connect(all)
            .Process(() => new FindBroken())
            .To(alerts);
    }
    // </snippet>

    public static IReadOnlyList<Rule> Rules { get; } = [new("small", 5), new("large", 10), new("small", 0)];
}
