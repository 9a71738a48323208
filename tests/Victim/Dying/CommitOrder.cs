namespace Weir.Victim.Dying;

/// <summary>Lets commits of subtasks come one after the other where the process dies between two of them, and only there.</summary>
internal sealed class CommitOrder(FatalPoint fatal)
{
    private readonly Lock _lock = new();
    private Task _before = Task.CompletedTask;
    private CheckpointName? _last;

    /// <summary>Begins a commit; the result ends it.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (fatal.Name != Failpoint.BetweenCommits)
        {
            return null;
        }

        var turn = new Turn(this, checkpoint);
        await Queue(turn).WaitAsync(cancellation);
        if (_last == checkpoint)
        {
            fatal.Pass(Failpoint.BetweenCommits);
        }

        return turn;
    }

    /// <summary>The turn comes when the one before it has ended.</summary>
    private Task Queue(Turn turn)
    {
        lock (_lock)
        {
            var before = _before;
            _before = turn.Ended;
            return before;
        }
    }

    private sealed class Turn(CommitOrder order, CheckpointName checkpoint) : IDisposable
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _end.Task;

        public void Dispose()
        {
            order._last = checkpoint;
            _end.TrySetResult();
        }
    }
}
