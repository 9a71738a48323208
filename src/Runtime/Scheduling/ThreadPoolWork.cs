namespace Weir.Runtime.Scheduling;

/// <summary>Runs work on the thread pool.</summary>
/// <remarks>
/// Disposing cancels what is under way and waits for it, so that nothing of an attempt runs on into the next: but not for ever. A call that
/// hangs in spite of its cancellation is left behind with its name; whoever is behind it has been shut out by the next attempt.
/// </remarks>
/// <param name="patience">How long to wait at the end for what is under way.</param>
/// <param name="time">The clock.</param>
internal sealed class ThreadPoolWork(TimeSpan patience, TimeProvider time) : IWorkPool, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Task, string> _running = [];
    private volatile bool _isStopped;
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
            _running.Add(whole, name);
        }

        _ = whole.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
        return pending;
    }

    /// <summary>Gets the names of the pieces of work that were left behind; known when it has been disposed.</summary>
    public IReadOnlyList<string> LeftBehind { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;

        // Not on this thread: what a call does when it is cancelled may hang as well.
        var canceled = Task.Run(_stop.Cancel);
        Task[] running;
        lock (_lock)
        {
            running = [canceled, .. _running.Keys];
        }

        try
        {
            await Task.WhenAll(running).WaitAsync(patience, time).ConfigureAwait(false);
            _stop.Dispose();
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                LeftBehind = [.. _running.Values];
            }
        }
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
