namespace Weir;

/// <summary>
/// Draws on a sequence in the background, as fast as its records are taken. A move may block or never end: no subtask waits for it.
/// </summary>
/// <remarks>
/// It works in pieces: each goes on until the queue is full, the sequence has ended or the attempt does. A move that is under way when an
/// attempt ends belongs to the next, so that its record is not lost.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <param name="pull">The sequence.</param>
/// <param name="describe">Words what the sequence throws, for the user.</param>
internal sealed class Pump<T>(IPull<T> pull, Func<Exception, Exception> describe)
{
    private readonly RecordQueue<T> _queue = new(RecordQueue<T>.DefaultCapacity);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _closed = new();
    private SourceContext? _context;
    private Task<bool>? _move;
    private Work _work;
    private long _ticket;
    private bool _isOver;
    private bool _isClosed;
    private bool _isDisposed;

    private enum Work
    {
        None,
        Queued,
        UnderWay,
    }

    /// <summary>An attempt begins to read.</summary>
    public void Attach(SourceContext context)
    {
        _queue.Attach(context.Wake);
        lock (_lock)
        {
            _context = context;

            // What the last attempt did not get to do is void: its pool has gone.
            _work = _work == Work.Queued ? Work.None : _work;
        }
    }

    /// <summary>Takes what there is, and sees to it that more comes.</summary>
    public ReadStatus Read(Batch<T> batch)
    {
        var status = _queue.Take(batch, out _);
        GoOn();
        return status;
    }

    /// <summary>Nobody reads any more.</summary>
    /// <returns>Done when the sequence has been disposed.</returns>
    public Task CloseAsync()
    {
        bool isMine;
        lock (_lock)
        {
            isMine = !_isClosed && _work != Work.UnderWay;
            _isClosed = true;
            _isOver = true;
            _work = _work == Work.Queued ? Work.None : _work;
        }

        pull.Cancel();
        _queue.End();
        if (isMine)
        {
            _ = CloseDownAsync();
        }

        return _closed.Task;
    }

    private void GoOn()
    {
        long ticket;
        lock (_lock)
        {
            if (_isOver || _work != Work.None || !_queue.HasRoom)
            {
                return;
            }

            _work = Work.Queued;
            ticket = ++_ticket;
        }

        _context!.Background("reading a sequence", cancellation => WorkAsync(ticket, cancellation));
    }

    private async ValueTask WorkAsync(long ticket, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_work != Work.Queued || ticket != _ticket)
            {
                return;
            }

            _work = Work.UnderWay;
        }

        bool isClosing;
        try
        {
            while (!TryStop(cancellation, out isClosing))
            {
                if (await MoveAsync(cancellation).ConfigureAwait(false))
                {
                    _queue.Add(pull.Current, OnOverflow.Block);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The attempt has ended, and the sequence has not.
            isClosing = Stop();
        }
#pragma warning disable CA1031 // Whatever the sequence throws belongs to who reads it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _isOver = true;
            _queue.End(describe(failure));
            isClosing = Stop();
        }

        if (isClosing)
        {
            await CloseDownAsync().ConfigureAwait(false);
        }
    }

    // Under the lock that GoOn takes: who makes room after this was asked finds that nobody is at work.
    private bool TryStop(CancellationToken cancellation, out bool isClosing)
    {
        lock (_lock)
        {
            var stops = _isOver || cancellation.IsCancellationRequested || !_queue.HasRoom;
            _work = stops ? Work.None : _work;
            isClosing = stops && _isClosed;
            return stops;
        }
    }

    private bool Stop()
    {
        lock (_lock)
        {
            _work = Work.None;
            return _isClosed;
        }
    }

    private async ValueTask<bool> MoveAsync(CancellationToken cancellation)
    {
        if (_move is null)
        {
            var move = pull.MoveNextAsync();
            if (move.IsCompletedSuccessfully)
            {
                return move.Result || await EndAsync().ConfigureAwait(false);
            }

            _move = move.AsTask();
        }

        var isMoved = await _move.WaitAsync(cancellation).ConfigureAwait(false);
        _move = null;
        return isMoved || await EndAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> EndAsync()
    {
        _isOver = true;
        await DisposeAsync().ConfigureAwait(false);
        _queue.End();
        return false;
    }

    private async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await pull.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What the last move brings, or how it fails, is of no use to anybody; but while it is under way its sequence cannot be disposed.
    private async Task CloseDownAsync()
    {
        try
        {
            if (_move is { } pending)
            {
                await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The attempt has ended: that something could not be let go is said and changes nothing.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _context?.Warn($"The sequence of operator '{_context.Operator}' could not be disposed: {failure.Message}");
        }

        _closed.TrySetResult();
    }
}
