using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>A sink's work on the pool, a piece at a time and in order, its end taken notice of by the owner's thread.</summary>
/// <param name="id">The sink's id.</param>
/// <param name="description">What is written, for messages.</param>
/// <param name="subtask">The subtask.</param>
internal sealed class SerialWork(string id, string description, SubtaskContext subtask)
{
    private readonly Queue<Piece> _waiting = new();
    private Pending<bool>? _running;
    private Piece? _piece;
    private CallWatch _watch;

    public bool IsIdle => _running is null && _waiting.Count == 0;

    /// <summary>Gets when the piece under way will have taken too long.</summary>
    public Deadline Overdue => _running is { IsDone: false } ? _watch.Due : Deadline.Never;

    /// <summary>Adds a piece.</summary>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="work">What to do; on the pool.</param>
    /// <param name="onDone">Called by <see cref="Poll"/> once it has succeeded.</param>
    public void Add(string name, Func<CancellationToken, ValueTask> work, Action onDone)
    {
        _waiting.Enqueue(new Piece(name, work, onDone, isLimited: true));
        StartNext();
    }

    /// <summary>Adds a piece in which somebody else's code may run, and which may take as long as it likes.</summary>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="work">What to do; on the pool.</param>
    public void AddUnlimited(string name, Func<CancellationToken, ValueTask> work)
    {
        _waiting.Enqueue(new Piece(name, work, static () => { }, isLimited: false));
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
                throw OperatorFailure.Of(
                    id, subtask.Job.Name, subtask.Index, $"{_piece!.Name} into {description}", failure, isInFunction: !_piece.IsLimited);
            }

            // Throws what is named already.
            _ = ended.Result;

            _running = null;
            _piece!.OnDone();
            isProgress = true;
            StartNext();
        }

        if (_running is not null && _watch.IsOver)
        {
            throw OperatorFailure.Of(
                id, subtask.Job.Name, subtask.Index, _watch.Name, new CallTimeoutException(_watch.Name, subtask.Job.Limit.Limit));
        }

        return isProgress;
    }

    /// <summary>
    /// Closes the sink: now, or, if a call of it is still under way that nobody waits for any more, when that one returns.
    /// </summary>
    public ValueTask CloseAsync(Func<ValueTask> close)
    {
        _waiting.Clear();
        return _running is { IsDone: false } && _piece!.TryLeave(close) ? ValueTask.CompletedTask : close();
    }

    private void StartNext()
    {
        if (_running is null && _waiting.TryDequeue(out var piece))
        {
            _piece = piece;
            _watch = (piece.IsLimited ? subtask.Job.Limit : CallLimit.None).Begin($"{piece.Name} into {description}");
            _running = subtask.Job.Work.Run(piece.Name, piece.RunAsync);
        }
    }

    /// <summary>A piece of work. Whoever comes second, its end or the end of its sink, closes the sink.</summary>
    private sealed class Piece(string name, Func<CancellationToken, ValueTask> work, Action onDone, bool isLimited)
    {
        private static readonly Func<ValueTask> Ended = static () => ValueTask.CompletedTask;
        private Func<ValueTask>? _close;

        public string Name => name;

        public Action OnDone => onDone;

        public bool IsLimited => isLimited;

        /// <summary>Leaves it to the piece to close the sink. False if it has ended.</summary>
        public bool TryLeave(Func<ValueTask> close) => Interlocked.CompareExchange(ref _close, close, null) is null;

        public async ValueTask<bool> RunAsync(CancellationToken cancellation)
        {
            try
            {
                await work(cancellation).ConfigureAwait(false);
                return true;
            }
            finally
            {
                if (Interlocked.Exchange(ref _close, Ended) is { } close)
                {
                    await close().ConfigureAwait(false);
                }
            }
        }
    }
}
