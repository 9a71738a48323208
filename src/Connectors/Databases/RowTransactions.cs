namespace Weir.Databases;

/// <summary>The transactions of one subtask up to their being prepared, for all databases that can.</summary>
/// <remarks>
/// <para>A step only puts records into a list. They are sent on the work pool, in pieces: the driver encodes them there, into the buffer of
/// its connection, so that nothing is kept twice; and of a piece that is refused the rows are still at hand.</para>
/// <para>A transaction begins with its first piece. If the connection breaks before that piece has been taken, everything is at hand to
/// begin again. Later it is not, and the attempt fails: the job goes back to its newest checkpoint.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <param name="database">Where transactions are begun.</param>
/// <param name="server">What failures mean.</param>
/// <param name="context">Who writes.</param>
/// <param name="target">The table and where it is, for messages.</param>
/// <param name="watch">Notices what takes long.</param>
internal sealed class RowTransactions<T>(
    IRowDatabase<T> database, DatabaseServer server, SinkContext context, string target, TransactionWatch watch) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, OpenRows<T>> _open = [];
    private OpenRows<T>? _current;
    private long _begun;

    // How many rows make a piece. Written by the work pool, read by the subtask.
    private volatile int _enough = PieceSize.Initial.Rows;

    // Of the work pool alone.
    private IRowSession<T>? _session;

    /// <summary>Gets whether there is a piece to send.</summary>
    public bool HasBacklog => _current is { } current && current.Count >= _enough;

    /// <summary>Gets whether no more may be written: as much again as a piece has gathered while one is being sent.</summary>
    public bool IsFull => _current is { } current && current.Count >= 2 * _enough;

    private TimeSpan Now => context.Time.GetElapsedTime(0);

    /// <summary>Begins a transaction; its number.</summary>
    public long Begin()
    {
        _current = new OpenRows<T>(++_begun);
        lock (_lock)
        {
            _open.Add(_current.Number, _current);
        }

        return _current.Number;
    }

    /// <summary>Adds rows to the transaction that was begun last.</summary>
    public void Add(ReadOnlySpan<T> rows) => _current!.Add(rows);

    /// <summary>Sends what waits.</summary>
    public async ValueTask DrainAsync(long number, CancellationToken cancellation)
    {
        if (Find(number) is { } open)
        {
            await SendAsync(open, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sends what is left and prepares. Begins again while everything is still at hand.</summary>
    /// <returns>What was prepared; null if there were no rows.</returns>
    public async ValueTask<PreparedRows?> PrepareAsync(long number, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var open = Find(number);
        if (open is null || (open.Sent == 0 && open.Count == 0))
        {
            Forget(number);
            return null;
        }

        var name = database.NameOf(number, checkpoint);
        var id = await PrepareAsync(open, name, checkpoint, cancellation).ConfigureAwait(false);
        Forget(number);
        watch.Prepared(name, Now);
        return new PreparedRows(name, id, open.Sent);
    }

    /// <summary>Throws a transaction away. What is open of it at the server goes with its session.</summary>
    public void Forget(long number)
    {
        lock (_lock)
        {
            _open.Remove(number);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => EndSessionAsync();

    // All that waits goes as one piece: it is bounded, since nothing is written to a full sink.
    private async ValueTask SendAsync(OpenRows<T> open, CancellationToken cancellation)
    {
        var rows = open.Take();
        if (rows.Count == 0)
        {
            return;
        }

        var retry = new Retry(context.Time, context.CallTimeout);
        while (!await TrySendAsync(open, rows, retry, cancellation).ConfigureAwait(false))
        {
        }

        open.Return(rows);
    }

    private async ValueTask<bool> TrySendAsync(OpenRows<T> open, List<T> rows, Retry retry, CancellationToken cancellation)
    {
        try
        {
            if (_session is null)
            {
                _session = await database.BeginAsync(open.Number, cancellation).ConfigureAwait(false);
                watch.Begun(Now);
            }

            var started = context.Time.GetTimestamp();
            await _session.SendAsync(rows, open.Sent, cancellation).ConfigureAwait(false);
            open.Sent += rows.Count;
            watch.Sent(Now);
            _enough = new PieceSize(_enough).After(rows.Count, context.Time.GetElapsedTime(started)).Rows;
            return true;
        }
        catch (Exception failure)
        {
            await EndSessionAsync().ConfigureAwait(false);
            switch (failure)
            {
                case not null when server.IsRefusal(failure):
                    throw database.Refused(failure, rows, open.Sent);
                case not null when !server.IsTransient(failure) || cancellation.IsCancellationRequested:
                    throw;
                case not null when open.Sent > 0:
                    throw Lost(open, failure);
                default:
                    await server.WaitAsync(retry, $"Sending rows to {target}", failure!, context, cancellation).ConfigureAwait(false);
                    return false;
            }
        }
    }

    private async ValueTask<ulong> PrepareAsync(
        OpenRows<T> open, string name, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var isAtHand = open.Sent == 0;
        var all = isAtHand ? open.Copy() : [];
        var retry = new Retry(context.Time, context.CallTimeout);
        while (true)
        {
            await SendAsync(open, cancellation).ConfigureAwait(false);
            var id = _session!.Id;
            try
            {
                await _session.PrepareAsync(name, checkpoint, cancellation).ConfigureAwait(false);
                await EndSessionAsync().ConfigureAwait(false);
                return id;
            }
            catch (Exception refused) when (server.IsRefusal(refused))
            {
                await EndSessionAsync().ConfigureAwait(false);
                throw new SinkException(
                    $"The transaction '{name}' with {open.Sent} rows for {target} cannot be prepared: {server.TextOf(refused)} Nothing of "
                        + "it is in the table.",
                    refused);
            }
            catch (Exception failure) when (server.IsTransient(failure) && !cancellation.IsCancellationRequested)
            {
                await EndSessionAsync().ConfigureAwait(false);
                if (await database.IsPreparedAsync(open.Number, name, id, cancellation).ConfigureAwait(false))
                {
                    return id;
                }

                if (!isAtHand)
                {
                    throw Lost(open, failure);
                }

                await server.WaitAsync(retry, $"Preparing '{name}' for {target}", failure, context, cancellation).ConfigureAwait(false);
                open.Sent = 0;
                open.Add(all);
            }
        }
    }

    private IOException Lost(OpenRows<T> open, Exception failure) => new(
        $"The transaction for {target} was lost with {open.Sent} rows, which were sent and not yet prepared: {server.TextOf(failure)} "
            + "The job goes back to its newest checkpoint and writes them again.",
        failure);

    private async ValueTask EndSessionAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            watch.Ended();
            await server.CloseAsync(session).ConfigureAwait(false);
        }
    }

    private OpenRows<T>? Find(long number)
    {
        lock (_lock)
        {
            return _open.GetValueOrDefault(number);
        }
    }
}

/// <summary>A transaction that was prepared.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Id">The number that the server gave it; 0 if it gives none.</param>
/// <param name="Rows">How many rows it holds.</param>
internal sealed record PreparedRows(string Name, ulong Id, long Rows);
