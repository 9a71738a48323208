using Npgsql;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;
using Weir.PostgreSql.Writing;

namespace Weir.PostgreSql.Upserting;

/// <summary>The upserts of one subtask: what a step has written goes in one transaction, as soon as the one before it is through.</summary>
internal sealed class UpsertWriter<TIn, T>(
    PostgresServer server,
    string table,
    IReadOnlyList<ColumnWriter<T>> columns,
    Action<TIn, RowBuffer<T>> add,
    bool mayDelete,
    SinkContext context) : SinkWriter<TIn>
{
    private readonly string _target = $"table {table} at {server.Address}";
    private readonly RowBuffer<T> _buffer = new();
    private IReadOnlyList<BoundColumn<UpsertRow<T>>> _bound = [];
    private UpsertText? _text;
    private UpsertSession? _session;

    public override bool HasBacklog => _buffer.Rows.Count > 0;

    public override async ValueTask StartAsync(CancellationToken cancellation)
    {
        var plan = await server.TryAsync(
            $"Asking for {_target}",
            context,
            (connection, cancel) => TablePlan<T>.ReadAsync(connection, table, columns, needsPrepared: false, server.Address, cancel),
            cancellation).ConfigureAwait(false);
        var keys = columns.Where(static column => column.IsKey).Select(static column => column.Name).ToList();
        if (UpsertCheck.Key(plan.Table, keys, server.Address) is { } refusal)
        {
            throw new SinkException(refusal);
        }

        _text = UpsertText.Of(plan.Table.Name, [.. columns.Select(static column => column.Name)], keys);
        _bound = [new NumberColumn<T>(), new GoneColumn<T>(), .. plan.Columns.Select(static column => new RecordColumn<T>(column))];
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
                _session ??= await UpsertSession.BeginAsync(server.Source, _text!, mayDelete, cancellation).ConfigureAwait(false);
                if (rows.Count > 0)
                {
                    await _session.SendAsync(rows, _bound, _target, cancellation).ConfigureAwait(false);
                }

                return;
            }
            catch (PostgresException refused) when (Failures.IsRefusal(refused))
            {
                await EndSessionAsync().ConfigureAwait(false);
                throw rows.Count > 0 ? RowFailure.Refused(refused, rows, 0, _target) : new SinkException(
                    $"Rows of {_target} cannot be upserted: {Failures.TextOf(refused)}{UpsertCheck.Advice(refused, mayDelete)}", refused);
            }
            catch (Exception failure) when (Failures.IsTransient(failure) && !cancellation.IsCancellationRequested)
            {
                await EndSessionAsync().ConfigureAwait(false);
                await server.WaitAsync(retry, $"Sending rows to {_target}", failure, context, cancellation).ConfigureAwait(false);
            }
            catch
            {
                await EndSessionAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async ValueTask EndSessionAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            try
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or ObjectDisposedException)
            {
                // It is broken: what broke it is known.
            }
        }
    }
}
