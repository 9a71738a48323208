namespace Weir.Databases;

/// <summary>The upserts of one subtask: what a step has written goes in one transaction, as soon as the one before it is through.</summary>
/// <typeparam name="TIn">What comes.</typeparam>
/// <typeparam name="T">What rows are made of.</typeparam>
/// <param name="database">Where rows go.</param>
/// <param name="server">What failures mean.</param>
/// <param name="add">Makes rows of what comes.</param>
/// <param name="context">Who writes.</param>
/// <param name="target">The table and where it is, for messages.</param>
internal sealed class UpsertWriter<TIn, T>(
    IUpsertDatabase<T> database, DatabaseServer server, Action<TIn, RowBuffer<T>> add, SinkContext context, string target)
    : SinkWriter<TIn>
{
    private readonly RowBuffer<T> _buffer = new();
    private IUpsertSession<T>? _session;

    public override bool HasBacklog => _buffer.Rows.Count > 0;

    public override async ValueTask StartAsync(CancellationToken cancellation)
    {
        await database.StartAsync(cancellation).ConfigureAwait(false);
        await TryAsync([], cancellation).ConfigureAwait(false);
    }

    public override void Write(Batch<TIn> batch)
    {
        foreach (var record in batch.Values)
        {
            add(record, _buffer);
        }
    }

    public override async ValueTask DrainAsync(CancellationToken cancellation)
    {
        if (_buffer.Rows.Count > 0)
        {
            await TryAsync(_buffer.Rows, cancellation).ConfigureAwait(false);
            _buffer.Clear();
        }
    }

    public override ValueTask FlushAsync(CancellationToken cancellation) => DrainAsync(cancellation);

    public override async ValueTask DisposeAsync()
    {
        await EndSessionAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // Whether a transaction whose end nobody saw was committed does not matter: its rows are put in again, by their keys.
    private async ValueTask TryAsync(IReadOnlyList<UpsertRow<T>> rows, CancellationToken cancellation)
    {
        var retry = new Retry(context.Time, context.CallTimeout);
        while (true)
        {
            try
            {
                _session ??= await database.BeginAsync(cancellation).ConfigureAwait(false);
                if (rows.Count > 0)
                {
                    await _session.SendAsync(rows, cancellation).ConfigureAwait(false);
                }

                return;
            }
            catch (Exception failure)
            {
                await EndSessionAsync().ConfigureAwait(false);
                if (server.IsRefusal(failure))
                {
                    throw database.Refused(failure, rows);
                }

                if (!server.IsTransient(failure) || cancellation.IsCancellationRequested)
                {
                    throw;
                }

                await server.WaitAsync(retry, $"Sending rows to {target}", failure, context, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask EndSessionAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await server.CloseAsync(session).ConfigureAwait(false);
        }
    }
}
