namespace Weir.Runtime.Running;

/// <summary>Looks for <see cref="Standstills"/> of a running job, now and then, and warns of them.</summary>
internal sealed class StandstillWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Standstills _standstills = new();
    private readonly JobMonitor _monitor;
    private readonly ITimer _timer;
    private bool _hasEnded;

    /// <summary>Begins to look.</summary>
    public StandstillWatch(JobMonitor monitor, TimeProvider time)
    {
        _monitor = monitor;
        _timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>Ends it: nothing is told behind this.</summary>
    public void Dispose()
    {
        lock (_standstills)
        {
            _hasEnded = true;
        }

        _timer.Dispose();
    }

    private void Look()
    {
        lock (_standstills)
        {
            if (_hasEnded)
            {
                return;
            }

            foreach (var text in _standstills.Look(_monitor.Elapsed, _monitor.Waiting()))
            {
                _monitor.On(new JobEvent.Warning(text, null));
            }
        }
    }
}
