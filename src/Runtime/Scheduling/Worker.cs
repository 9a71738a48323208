namespace Weir.Runtime.Scheduling;

/// <summary>One thread that steps its steppers in turn until they are done.</summary>
internal sealed class Worker
{
    private const int SpinRounds = 20;
    private const int YieldRounds = 40;

    // Bounds what a change that wakes nobody costs: the clock, above all.
    private const int ParkMs = 5;

    private readonly List<IStepper> _steppers;
    private readonly WorkerRun _run;
    private readonly object _bed = new();
    private bool _isWoken;
    private int _isParking;

    public Worker(List<IStepper> steppers, WorkerRun run)
    {
        _steppers = steppers;
        _run = run;
        foreach (var wakeable in steppers.OfType<IWakeable>())
        {
            wakeable.Wake = Wake;
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
        if (!_run.IsStopping && !StepAll() && _steppers.Count > 0)
        {
            lock (_bed)
            {
                if (!_isWoken)
                {
                    Monitor.Wait(_bed, ParkMs);
                }

                _isWoken = false;
            }
        }

        Interlocked.Exchange(ref _isParking, 0);
    }

    private bool StepAll()
    {
        var isProgress = false;
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

            isProgress |= result != StepResult.Idle;
            if (result == StepResult.Done)
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
