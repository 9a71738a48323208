namespace Weir;

/// <summary>Lets a record pass if no other of its key has passed whose time is nearer than a while.</summary>
/// <remarks>
/// The time of each record that has passed is kept until no record that it would suppress is expected any more: until the watermark is at
/// the last microsecond of its time, or the clock behind it.
/// </remarks>
internal sealed class FirstWithin<TKey, T>(long within, WindowTime time) : KeyedProcess<TKey, T, T>
{
    // A watermark says that no record of its time is left; a clock that comes to a time does not.
    private readonly long _kept = time == WindowTime.Processing ? within : within - 1;

    private ListState<long>? _passed = new();

    public override void OnRecord(T record, ProcessContext<TKey, T> context)
    {
        var now = time == WindowTime.Processing ? context.ProcessingTime : context.Time ?? throw new InvalidOperationException(
            $"Deduplicate goes by event time, but a record of the key '{context.Key}' has none. Give each record one, or deduplicate by "
                + "processing time.");
        foreach (var passed in _passed!)
        {
            if (Int128.Abs((Int128)now - passed) < within)
            {
                return;
            }
        }

        _passed.Add(now);
        var last = EventTime.Later(now, TimeSpan.FromMicroseconds(_kept));
        if (time == WindowTime.Processing)
        {
            context.RegisterProcessingTimer(last);
        }
        else
        {
            context.RegisterEventTimer(last);
        }

        context.Emit(record);
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<TKey, T> context)
    {
        for (var i = _passed!.Count - 1; i >= 0; i--)
        {
            if ((Int128)_passed[i] + _kept <= timer.Time)
            {
                _passed.RemoveAt(i);
            }
        }
    }

    protected override void Wire(StateBinder binder) => binder.Bind("passed", ref _passed);
}
