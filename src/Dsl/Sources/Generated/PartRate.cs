namespace Weir;

/// <summary>How many records one part may make by now. What could not be made within a second is forfeited.</summary>
internal sealed class PartRate : IDisposable
{
    // Often enough to look even, seldom enough to cost nothing: what falls due within it comes in one batch.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    private readonly double _perSecond;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _last;
    private double _credit;

    /// <summary>Begins to count; the first record falls due at once.</summary>
    /// <param name="perSecond">Records a second of this part.</param>
    /// <param name="context">The clock, and who is woken when a record falls due.</param>
    public PartRate(double perSecond, SourceContext context)
    {
        _perSecond = perSecond;
        _time = context.Time;
        _last = _time.GetTimestamp();
        _credit = 1;
        _timer = _time.CreateTimer(
            static wake => ((Action)wake!)(), context.Wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes what may be made now. If that is less than wanted, the reader is woken when there is more.</summary>
    /// <param name="wanted">The most that is wanted.</param>
    public long Due(long wanted)
    {
        var now = _time.GetTimestamp();
        _credit += _time.GetElapsedTime(_last, now).TotalSeconds * _perSecond;
        _credit = Math.Min(_credit, Math.Max(1, _perSecond));
        _last = now;
        var due = Math.Min(wanted, (long)_credit);
        _credit -= due;
        if (due < wanted)
        {
            var wait = TimeSpan.FromSeconds(Math.Min((1 - _credit) / _perSecond, TimeSpan.FromDays(1).TotalSeconds));
            _timer.Change(wait > Shortest ? wait : Shortest, Timeout.InfiniteTimeSpan);
        }

        return due;
    }

    public void Dispose() => _timer.Dispose();
}
