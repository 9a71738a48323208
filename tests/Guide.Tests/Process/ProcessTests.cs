namespace Weir.Guide.Tests.Process;

/// <summary>The pages of keyed processes: state, timers, side outputs, two inputs.</summary>
public sealed class ProcessTests
{
    [Fact]
    public Task State() => Guide.Shows<FirstOrderSnippet.Large>("process", FirstOrderSnippet.Define);

    [Fact]
    public Task Timers() => Guide.Shows<TimerSnippet.Silence>("timers", TimerSnippet.Define);

    [Fact]
    public Task Two_streams() => Guide.Shows<ConnectSnippet.Balance>("connect", static (job, orders, balances) =>
        ConnectSnippet.Define(job, orders, new ListSource<ConnectSnippet.Refund>(ConnectSnippet.Refunds), balances));

    [Fact]
    public Task State_that_expires() => Guide.Shows<StateTtlSnippet.Visit>("state-ttl", StateTtlSnippet.Define);

    [Fact]
    public Task Rules_for_all() => Guide.Shows<BroadcastSnippet.Alert>("broadcast", static (job, orders, alerts) =>
        BroadcastSnippet.Define(job, orders, new ListSource<BroadcastSnippet.Rule>(BroadcastSnippet.Rules), alerts));

    [Fact]
    public Task Side_outputs() => Guide.Shows<SideOutputSnippet.Running, Order>("side-output", "side-orders", SideOutputSnippet.Define);
}
