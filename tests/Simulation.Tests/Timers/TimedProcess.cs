namespace Weir.Simulation.Tests.Timers;

/// <summary>What a record or a timer does in a test.</summary>
/// <param name="process">The process, its current key set.</param>
/// <param name="value">The record's value; of a timer its name.</param>
/// <param name="time">The event time of the record; the time of the timer.</param>
internal delegate void TimedAction(TimedProcess process, string value, long time);

/// <summary>A process with one value a key and with timers in both kinds of time, whose calls a test writes down.</summary>
internal sealed class TimedProcess(TimedAction onRecord, TimedAction onTimer) : KeyedProcess<long, (long Key, string Value), string>
{
    private ValueState<long>? _value;
    private ProcessContext<long, string> _context = null!;

    /// <summary>Whose record or timer it is.</summary>
    public long Key => _context.Key;

    public long Watermark => _context.Watermark;

    public long Now => _context.ProcessingTime;

    /// <summary>The value of the current key; 0 forgets it.</summary>
    public long Value
    {
        get => _value!.Value;
        set
        {
            if (value == 0)
            {
                _value!.Clear();
            }
            else
            {
                _value!.Value = value;
            }
        }
    }

    public bool Register(bool byClock, string name, long time) =>
        byClock ? _context.RegisterProcessingTimer(time, name) : _context.RegisterEventTimer(time, name);

    public bool Delete(bool byClock, string name, long time) =>
        byClock ? _context.DeleteProcessingTimer(time, name) : _context.DeleteEventTimer(time, name);

    public void Emit(string line) => _context.Emit(line);

    public override void OnRecord((long Key, string Value) record, ProcessContext<long, string> context)
    {
        _context = context;
        onRecord(this, record.Value, context.Time!.Value);
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context)
    {
        _context = context;
        onTimer(this, timer.Name, timer.Time);
    }

    protected override void Wire(StateBinder binder) => binder.Bind("value", ref _value);
}
