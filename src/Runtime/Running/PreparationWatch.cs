using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>Watches the preparation of an attempt, call by call: one that hangs is left behind, with its name.</summary>
/// <param name="limit">How long one call may take.</param>
internal sealed class PreparationWatch(CallLimit limit)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Timers of .NET take 49 days at most: whoever allows a call longer than that is waited for in pieces.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private CallWatch _call = limit.Begin("preparing the attempt");

    /// <summary>The next call begins; the one before has ended. From any thread.</summary>
    public void Begin(string call)
    {
        lock (_lock)
        {
            _call = limit.Begin(call);
        }
    }

    /// <summary>Waits for the preparation. When it is left behind, and ends after all, what it made is disposed.</summary>
    /// <exception cref="CallTimeoutException">A call has not answered in time.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled, and the preparation did not heed it.</exception>
    public async Task<JobAttempt> WaitAsync(Task<JobAttempt> preparation, CancellationToken cancellation)
    {
        while (!preparation.IsCompleted)
        {
            var call = Current;
            try
            {
                var wait = call.Left < LongestWait ? call.Left : LongestWait;
                await preparation.WaitAsync(wait, limit.Time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!preparation.IsCompleted)
            {
                var late = Current;
                if (late.IsOver)
                {
                    LeaveBehind(preparation);
                    late.Check();
                }
            }
            catch (OperationCanceledException) when (!preparation.IsCompleted)
            {
                await HeedAsync(preparation).ConfigureAwait(false);
                throw;
            }
        }

        return await preparation.ConfigureAwait(false);
    }

    private CallWatch Current
    {
        get
        {
            lock (_lock)
            {
                return _call;
            }
        }
    }

    // It was cancelled as well: usually it ends at once, and then nothing of it may be left.
    private async Task HeedAsync(Task<JobAttempt> preparation)
    {
        await ((Task)preparation).WaitAsync(Patience, limit.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LeaveBehind(preparation);
    }

    private static void LeaveBehind(Task<JobAttempt> preparation) => _ = preparation.ContinueWith(
        static async ended =>
        {
            if (ended.IsCompletedSuccessfully)
            {
                await ended.Result.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                _ = ended.Exception;
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);
}
