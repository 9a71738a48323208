namespace Weir.Runtime.Scheduling;

/// <summary>One thread that steps its steppers in turn until they are done.</summary>
/// <remarks>
/// When none has anything to do it spins, yields, and then sleeps until it is woken or the earliest deadline of its steppers has come.
/// </remarks>
internal sealed class Worker
{
    private const int SpinRounds = 20;
    private const int YieldRounds = 40;

    // The longest that a monitor waits at once. Nothing is looked at in between: the wait goes on.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly List<IStepper> _steppers;
    private readonly WorkerRun _run;
    private readonly object _bed = new();

    // The machine's clock runs on while a monitor waits; any other says itself, by its timer, when it has come so far.
    private readonly ITimer? _alarm;
    private Deadline _next;
    private bool _isWoken;
    private int _isParking;

    public Worker(List<IStepper> steppers, WorkerRun run)
    {
        _steppers = steppers;
        _run = run;
        _alarm = ReferenceEquals(run.Time, TimeProvider.System)
            ? null
            : run.Time.CreateTimer(static worker => ((Worker)worker!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var stepper in steppers)
        {
            stepper.Wake = Wake;
        }
    }

    public void Run()
    {
        var idleRounds = 0;
        while (_steppers.Count > 0 && !_run.IsStopping)
        {
            idleRounds = StepAll() ? 0 : idleRounds + 1;
            if (idleRounds > YieldRounds)
            {
                Park();
            }
            else if (idleRounds > SpinRounds)
            {
                Thread.Yield();
            }
            else if (idleRounds > 0)
            {
                Thread.SpinWait(20);
            }
        }

        _alarm?.Dispose();
        _run.Leave(_steppers.Count == 0);
    }

    public void Wake()
    {
        // Pairs with the barrier in Park: either the parking thread sees the change in its last round, or this sees that it parks.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isParking) != 0)
        {
            lock (_bed)
            {
                _isWoken = true;
                Monitor.Pulse(_bed);
            }
        }
    }

    private void Park()
    {
        Interlocked.Exchange(ref _isParking, 1);
        if (!StepAll() && _steppers.Count > 0 && !_run.IsStopping && _next.Left(_run.Time) is var left && left > TimeSpan.Zero)
        {
            SetAlarm(left);
            lock (_bed)
            {
                // Asked again: a virtual clock may have gone on before the alarm was set.
                if (!_isWoken && _next.Left(_run.Time) > TimeSpan.Zero)
                {
                    Monitor.Wait(_bed, _alarm is null && left < LongestWait ? Rounded(left) : LongestWait);
                }
            }
        }

        Interlocked.Exchange(ref _isParking, 0);
        lock (_bed)
        {
            _isWoken = false;
        }
    }

    private void SetAlarm(TimeSpan left) =>
        _alarm?.Change(_next.IsNever ? Timeout.InfiniteTimeSpan : left < LongestWait ? Rounded(left)
            : LongestWait, Timeout.InfiniteTimeSpan);

    // Timers and monitors count whole milliseconds; one that rings too early would only step in vain.
    private static TimeSpan Rounded(TimeSpan left) => TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));

    private bool StepAll()
    {
        var isProgress = false;
        _next = Deadline.Never;
        for (var i = 0; i < _steppers.Count && !_run.IsStopping;)
        {
            var stepper = _steppers[i];
            StepResult result;
            try
            {
                result = stepper.Step();
            }
#pragma warning disable CA1031 // Whatever a step throws ends the run and is its outcome.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _run.Fail(stepper, failure);
                return true;
            }

            isProgress |= !result.IsIdle;
            _next = Deadline.Earlier(_next, result.Next);
            if (result.IsDone)
            {
                _steppers.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }

        return isProgress;
    }
}
