using System.Diagnostics.CodeAnalysis;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Checkpoints.Store;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>What users ask of the checkpoints of a job, over all its attempts. Any thread asks; the coordinator's answers.</summary>
/// <remarks>
/// What has not begun when an attempt ends waits for the next one. What was under way is answered with the failure: whether it came to
/// exist, only the next attempt learns. A stop is wanted until the job has ended.
/// </remarks>
/// <param name="job">The job's name, for messages.</param>
internal sealed class CheckpointRequests(string job)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, AskedCheckpoint> _open = [];
    private readonly Queue<CheckpointEvent> _news = new();

    // Not asynchronous: whoever waits for it goes on in the call that asks for the stop, which the simulator owns.
    private TaskCompletionSource _stop = new();
    private Action? _wake;
    private long _last;
    private bool _hasEnded;

    /// <summary>Gets what ends when somebody asks for a stop: anew, once a savepoint that was to stop the job has been given up.</summary>
    public Task StopAsked
    {
        get
        {
            lock (_lock)
            {
                return _stop.Task;
            }
        }
    }

    /// <summary>
    /// Gets the last checkpoint of a stop with a savepoint, once it exists; null before. An attempt that continues from it must take in
    /// nothing more: whoever begins with the savepoint would do so again.
    /// </summary>
    public CheckpointName? StoppedWith { get; private set; }

    /// <summary>Gets the directory of that savepoint; null before, and if none was asked for.</summary>
    public string? StoppedInto { get; private set; }

    /// <summary>Asks for a checkpoint, and waits for it.</summary>
    /// <param name="kind">What.</param>
    /// <param name="cancellation">Ends the wait, and takes back what has not begun.</param>
    /// <exception cref="CheckpointFailedException">It was refused, or given up.</exception>
    public async Task<JobCheckpoint> AskAsync(RequestKind kind, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var asked = Ask(kind);
        var withdrawal = cancellation.UnsafeRegister(
            (state, token) => Withdraw((AskedCheckpoint)state!, token), asked);
        await using (withdrawal.ConfigureAwait(false))
        {
            return await asked.Answer.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Asks for a stop. It is answered by the end of the job.</summary>
    public void AskForStop() => Ask(RequestKind.Stop);

    /// <summary>An attempt begins: all that has not begun is news to it.</summary>
    /// <param name="wake">Called, by any thread, when there is more.</param>
    public void BeginAttempt(Action wake)
    {
        lock (_lock)
        {
            _wake = wake;
            _news.Clear();
            foreach (var asked in _open.Values)
            {
                _news.Enqueue(new CheckpointEvent.Requested(new CheckpointRequest(asked.Number, asked.Kind)));
            }
        }
    }

    /// <summary>Takes the oldest news.</summary>
    public bool TryTake([MaybeNullWhen(false)] out CheckpointEvent news)
    {
        lock (_lock)
        {
            return _news.TryDequeue(out news);
        }
    }

    /// <summary>A checkpoint is under way that answers requests.</summary>
    /// <returns>Where a savepoint is to be made of it; null if nobody wants one, or not any more.</returns>
    public SavepointDirectory? Begin(IEnumerable<long> requests)
    {
        lock (_lock)
        {
            SavepointDirectory? savepoint = null;
            foreach (var request in requests)
            {
                if (_open.TryGetValue(request, out var asked))
                {
                    asked.HasBegun = true;
                    savepoint ??= asked.Savepoint;
                }
            }

            return savepoint;
        }
    }

    /// <summary>The checkpoint exists.</summary>
    public void Answer(IEnumerable<long> requests, JobCheckpoint checkpoint)
    {
        foreach (var asked in Take(requests))
        {
            if (asked.Kind == RequestKind.StopWithSavepoint)
            {
                // The savepoint exists; that the job stops is still wanted, should this attempt not come to it.
                lock (_lock)
                {
                    StoppedWith = checkpoint.Name;
                    StoppedInto = checkpoint.SavepointDirectory;
                    _open.Add(asked.Number, new AskedCheckpoint(asked.Number, RequestKind.Stop));
                }
            }

            asked.Answer.TrySetResult(checkpoint);
        }
    }

    /// <summary>The checkpoint was given up.</summary>
    public void Fail(IEnumerable<long> requests, JobCheckpoint checkpoint, Exception? cause)
    {
        foreach (var asked in Take(requests))
        {
            asked.Answer.TrySetException(new CheckpointFailedException(
                $"The {asked.Text} of job '{job}' that was asked for, {checkpoint.Name}, was given up: {checkpoint.Failure}. "
                    + "Nothing is lost: mend the cause and ask again.", cause)
            {
                Checkpoint = checkpoint,
            });
        }

        GoOnUnlessStopped();
    }

    /// <summary>A request is not carried out.</summary>
    public void Refuse(long request, string reason)
    {
        foreach (var asked in Take([request]))
        {
            asked.Answer.TrySetException(new CheckpointFailedException($"No {asked.Text} of job '{job}' was begun: {reason}."));
        }

        GoOnUnlessStopped();
    }

    /// <summary>The attempt has ended.</summary>
    /// <param name="failure">Why.</param>
    public void EndAttempt(Exception? failure)
    {
        List<AskedCheckpoint> begun;
        lock (_lock)
        {
            _wake = null;
            _news.Clear();
            begun = [.. _open.Values.Where(asked => asked is { HasBegun: true, Kind: not RequestKind.Stop })];
            begun.ForEach(asked => _open.Remove(asked.Number));
        }

        foreach (var asked in begun)
        {
            asked.Answer.TrySetException(new CheckpointFailedException(
                $"The {asked.Text} of job '{job}' was under way when the attempt ended: {failure?.Message ?? "it was cancelled."} "
                    + "It may exist or not. If the job goes on, ask again.", failure));
        }

        GoOnUnlessStopped();
    }

    /// <summary>The job has ended.</summary>
    public void End()
    {
        List<AskedCheckpoint> left;
        lock (_lock)
        {
            _hasEnded = true;
            left = [.. _open.Values];
            _open.Clear();
        }

        foreach (var asked in left.Where(asked => asked.Kind != RequestKind.Stop))
        {
            asked.Answer.TrySetException(HasEnded(asked));
        }
    }

    /// <summary>Asks for something.</summary>
    /// <param name="kind">What.</param>
    /// <param name="savepoint">Where the savepoint goes: a directory that has been claimed. Null for none.</param>
    public AskedCheckpoint Ask(RequestKind kind, SavepointDirectory? savepoint = null)
    {
        AskedCheckpoint asked;
        Action? wake;
        TaskCompletionSource? stop;
        lock (_lock)
        {
            asked = new AskedCheckpoint(++_last, kind, savepoint);
            if (_hasEnded)
            {
                if (kind != RequestKind.Stop)
                {
                    asked.Answer.SetException(HasEnded(asked));
                }

                return asked;
            }

            _open.Add(asked.Number, asked);
            _news.Enqueue(new CheckpointEvent.Requested(new CheckpointRequest(asked.Number, kind)));
            wake = _wake;
            stop = kind >= RequestKind.Stop ? _stop : null;
        }

        wake?.Invoke();
        if (stop is not null)
        {
            stop.TrySetResult();

            // Whoever was woken may have given it up by now.
            GoOnUnlessStopped();
        }

        return asked;
    }

    /// <summary>Whoever asked does not wait any more: what has not begun does not begin, unless it is a stop.</summary>
    /// <returns>Whether nothing of it is under way.</returns>
    public bool Withdraw(AskedCheckpoint asked, CancellationToken cancellation)
    {
        Action? wake = null;
        bool isUnderWay;
        lock (_lock)
        {
            isUnderWay = asked.HasBegun || asked.Kind >= RequestKind.Stop;

            // Sources that were told to stop cannot be told to go on.
            if (!asked.HasBegun && asked.Kind < RequestKind.Stop && _open.Remove(asked.Number))
            {
                _news.Enqueue(new CheckpointEvent.Withdrawn(asked.Number));
                wake = _wake;
            }
        }

        asked.Answer.TrySetCanceled(cancellation);
        wake?.Invoke();
        return !isUnderWay;
    }

    // What was to stop the job was given up: it goes on, and may be asked to stop again.
    private void GoOnUnlessStopped()
    {
        lock (_lock)
        {
            if (_stop.Task.IsCompleted && !_open.Values.Any(asked => asked.Kind >= RequestKind.Stop))
            {
                _stop = new TaskCompletionSource();
            }
        }
    }

    private List<AskedCheckpoint> Take(IEnumerable<long> requests)
    {
        var taken = new List<AskedCheckpoint>();
        lock (_lock)
        {
            foreach (var request in requests)
            {
                if (_open.TryGetValue(request, out var asked))
                {
                    taken.Add(asked);
                    _open.Remove(request);
                }
            }
        }

        return taken;
    }

    private CheckpointFailedException HasEnded(AskedCheckpoint asked) =>
        new($"No {asked.Text} of job '{job}' was begun: the job has ended. Its last checkpoint is the newest in RunningJob.Checkpoints.");
}
