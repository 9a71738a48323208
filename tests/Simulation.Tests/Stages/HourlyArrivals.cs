using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests.Stages;

/// <summary>
/// Counts the flights to each airport by hours, and tells each hour when it is over: state of every kind and timers, in a form that does
/// not depend on the order in which flights come.
/// </summary>
public sealed class HourlyArrivals : KeyedProcess<string, Flight, DailyDelay>
{
    private const long Hour = 3600 * EventTime.Second;

    private readonly MapState<long, int> _flights = new();
    private readonly ListState<int> _delays = new();
    private readonly ReducingState<int> _longest = new(Math.Max);
    private readonly ValueState<int> _told = new();

    public override void OnRecord(Flight record, ProcessContext<string, DailyDelay> context)
    {
        var hour = EventTime.Of(record.Departure) / Hour;
        _flights[hour] = _flights.GetValueOrDefault(hour) + 1;
        if (record.Delay > 0)
        {
            _delays.Add(record.Delay);
        }

        _longest.Add(record.Distance);
        context.RegisterEventTimer((hour + 1) * Hour);
        context.RegisterEventTimer(long.MaxValue, "end");
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<string, DailyDelay> context)
    {
        if (timer.Name != "end")
        {
            var hour = (timer.Time / Hour) - 1;
            _told.Value += _flights[hour];
            context.Emit(new DailyDelay(context.Key, default, _flights[hour], hour, 0));
            _flights.Remove(hour);
            return;
        }

        var sum = 0;
        foreach (var delay in _delays)
        {
            sum += delay;
        }

        context.Emit(new DailyDelay(context.Key, default, _told.Value, sum, _longest.Value));
    }
}
