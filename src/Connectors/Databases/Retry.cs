namespace Weir.Databases;

/// <summary>
/// Waits between tries: 100 ms, then twice as long each time up to 5 s, until the time that a call may take is nearly over.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long one call may take; infinite for no limit.</param>
internal sealed class Retry(TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _next = First;

    /// <summary>Gets how many waits there were.</summary>
    public int Waits { get; private set; }

    /// <summary>Waits for the next try.</summary>
    /// <returns>False if there is no time left for one: who waits for the call would give up without a reason.</returns>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (limit != Timeout.InfiniteTimeSpan && time.GetElapsedTime(_started) + _next > limit * 0.8)
        {
            return false;
        }

        Waits++;
        await Task.Delay(_next, time, cancellation).ConfigureAwait(false);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return true;
    }
}
