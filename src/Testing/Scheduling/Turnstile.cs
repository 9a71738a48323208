namespace Weir.Testing.Scheduling;

/// <summary>Lets a thread pass that waits at it, once for each time that it is opened.</summary>
/// <remarks>
/// The wait does not spin, as a semaphore's does: it lasts as long as the turns of others, and another simulation wants the core meanwhile.
/// And no lock is held when the thread is woken, or it would be woken only to wait for the lock.
/// </remarks>
internal sealed class Turnstile
{
    private static readonly object Opened = new();

    // A thread waits at one place at a time.
    [ThreadStatic]
    private static AutoResetEvent? _own;

    // Null, who waits, or that it is open.
    private object? _state;

    public void Open() => (Interlocked.Exchange(ref _state, Opened) as AutoResetEvent)?.Set();

    public void Pass()
    {
        var own = _own ??= new AutoResetEvent(false);
        if (Interlocked.CompareExchange(ref _state, own, null) is null)
        {
            own.WaitOne();
        }

        Volatile.Write(ref _state, null);
    }
}
