using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests.Windows;

/// <summary>Tells how many flights have left each airport, two hours behind each, and those to each destination when there are three.</summary>
public sealed class Departures : KeyedProcess<string, Flight, WindowedRow>
{
    /// <summary>Flights that come when the watermark has passed them.</summary>
    public static readonly SideOutput<Flight> Behind = new("behind");

    private readonly ValueState<int> _flights = new();
    private readonly ListState<int> _delays = new();
    private readonly MapState<string, int> _destinations = new();

    public override void OnRecord(Flight record, ProcessContext<string, WindowedRow> context)
    {
        if (context.Time <= context.Watermark)
        {
            context.Emit(Behind, record);
            return;
        }

        _flights.Value++;
        _delays.Add(record.Delay);
        var count = _destinations.GetValueOrDefault(record.Destination) + 1;
        _destinations[record.Destination] = count;
        if (count == 3)
        {
            _destinations.Remove(record.Destination);
            context.Emit(new WindowedRow(context.Key, record.Departure, record.Departure, count, record.Delay, _destinations.Count));
        }

        context.RegisterEventTimerAfter(TimeSpan.FromHours(2), "told");
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<string, WindowedRow> context)
    {
        var sum = 0;
        foreach (var delay in _delays)
        {
            sum += delay;
        }

        context.Emit(new WindowedRow(context.Key, timer.At, timer.At, _flights.Value, sum, _delays.Count));
        if (_delays.Count > 8)
        {
            _delays.Clear();
        }
    }
}
