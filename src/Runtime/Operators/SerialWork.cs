using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Operators;

/// <summary>Work on the pool, a piece at a time and in order, its end taken notice of by the owner's thread.</summary>
internal sealed class SerialWork(IWorkPool pool)
{
    private readonly Queue<Piece> _waiting = new();
    private Pending<bool>? _running;
    private Piece? _piece;

    public bool IsIdle => _running is null && _waiting.Count == 0;

    /// <summary>Adds a piece.</summary>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="work">What to do; on the pool.</param>
    /// <param name="onDone">Called by <see cref="Poll"/> once it has succeeded.</param>
    public void Add(string name, Func<CancellationToken, ValueTask> work, Action onDone)
    {
        _waiting.Enqueue(new Piece(name, work, onDone));
        StartNext();
    }

    /// <summary>Looks whether the piece under way has ended, and begins the next.</summary>
    /// <param name="onFailure">Words the failure of a piece, which is thrown.</param>
    /// <returns>Whether any has ended.</returns>
    public bool Poll(Func<string, Exception, Exception> onFailure)
    {
        var isProgress = false;
        while (_running is { IsDone: true } ended)
        {
            if (ended.Failure is { } failure)
            {
                throw onFailure(_piece!.Name, failure);
            }

            _running = null;
            _piece!.OnDone();
            isProgress = true;
            StartNext();
        }

        return isProgress;
    }

    private void StartNext()
    {
        if (_running is null && _waiting.TryDequeue(out var piece))
        {
            _piece = piece;
            _running = pool.Run(piece.Name, async cancellation =>
            {
                await piece.Work(cancellation).ConfigureAwait(false);
                return true;
            });
        }
    }

    private sealed record Piece(string Name, Func<CancellationToken, ValueTask> Work, Action OnDone);
}
