namespace Weir.Simulation.Tests.Scenarios;

/// <summary>
/// Keeps of all flights that are broadcast how many there were, and a number that their order makes; each key tells it at the end.
/// </summary>
public sealed class RuledFlights : BroadcastProcess<string, Flight, Flight, DailyDelay>
{
    private readonly BroadcastState<string, long> _told = new();
    private readonly ReducingState<int> _flights = new((a, b) => a + b);

    public override void OnRecord(Flight record, ProcessContext<string, DailyDelay> context)
    {
        _flights.Add(1);
        context.RegisterEventTimer(long.MaxValue);
    }

    public override void OnBroadcast(Flight rule, BroadcastContext context)
    {
        var told = context.Writing(_told);
        told["count"] = _told.GetValueOrDefault("count") + 1;
        told["order"] = unchecked((_told.GetValueOrDefault("order") * 31) + rule.Distance) % 1_000_003;
        told[rule.Destination] = _told.GetValueOrDefault(rule.Destination) + 1;
        if (_told[rule.Destination] == 3)
        {
            told.Remove(rule.Destination);
        }
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<string, DailyDelay> context) => context.Emit(new DailyDelay(
        context.Key,
        default,
        _flights.Value,
        _told.GetValueOrDefault("count") + (1000 * _told.Count),
        (int)_told.GetValueOrDefault("order")));
}
