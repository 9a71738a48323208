namespace Weir.Runtime.Scheduling;

/// <summary>Runs work on the thread pool.</summary>
/// <remarks>Disposing cancels what is under way and waits for it: nothing of an attempt runs on into the next.</remarks>
internal sealed class ThreadPoolWork : IWorkPool, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _running = [];
    private readonly Lock _lock = new();

    /// <summary>Gets or sets what is called after a piece of work has ended, from any thread, so that a parked owner wakes up.</summary>
    public Action? Ended { get; set; }

    /// <inheritdoc/>
    public Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work)
    {
        var pending = new Pending<T>();
        var task = new Task<Task>(() => CarryOutAsync(work, pending));
        var whole = task.Unwrap();
        lock (_lock)
        {
            _running.Add(whole);
        }

        _ = whole.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
        return pending;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task CarryOutAsync<T>(Func<CancellationToken, ValueTask<T>> work, Pending<T> pending)
    {
        try
        {
            pending.Complete(await work(_stop.Token).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // The failure belongs to whoever polls for the outcome.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            pending.Fail(failure);
        }

        Ended?.Invoke();
    }

    private void Forget(Task task)
    {
        lock (_lock)
        {
            _running.Remove(task);
        }
    }
}
