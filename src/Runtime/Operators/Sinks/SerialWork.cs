using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>A sink's work on the pool, a piece at a time and in order, its end taken notice of by the owner's thread.</summary>
/// <param name="pool">The pool.</param>
/// <param name="sink">Whose work it is, for messages.</param>
internal sealed class SerialWork(IWorkPool pool, SinkSettings sink)
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
    /// <returns>Whether any has ended.</returns>
    /// <exception cref="OperatorException">The piece failed.</exception>
    public bool Poll()
    {
        var isProgress = false;
        while (_running is { IsDone: true } ended)
        {
            if (ended.Failure is { } failure && OperatorFailure.IsUnnamed(failure))
            {
                throw OperatorFailure.Of(sink.Id, sink.Job, sink.Subtask, $"{_piece!.Name} into {sink.Description}", failure);
            }

            // Throws what is named already.
            _ = ended.Result;

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
