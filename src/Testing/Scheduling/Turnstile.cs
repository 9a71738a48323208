namespace Weir.Testing.Scheduling;

/// <summary>Lets a thread pass that waits at it, once for each time that it is opened.</summary>
/// <remarks>
/// The wait does not spin, as a semaphore's does: it lasts as long as the turns of others, and another simulation wants the core meanwhile.
/// </remarks>
internal sealed class Turnstile
{
    private readonly object _gate = new();
    private bool _isOpen;

    public void Open()
    {
        lock (_gate)
        {
            _isOpen = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Pass()
    {
        lock (_gate)
        {
            while (!_isOpen)
            {
                Monitor.Wait(_gate);
            }

            _isOpen = false;
        }
    }
}
