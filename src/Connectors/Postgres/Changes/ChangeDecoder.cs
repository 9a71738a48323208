using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Changes;

/// <summary>Makes deliveries of the messages of a log: which change each is, and whether it was delivered before.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="server">The server, for messages.</param>
/// <param name="tables">The tables to read; null for all.</param>
/// <param name="read">Makes a record of a change.</param>
/// <param name="skipsTruncate">Whether a TRUNCATE is passed over.</param>
/// <param name="from">Where the log is read from.</param>
internal sealed class ChangeDecoder<T>(
    PostgresServer server, HashSet<string>? tables, Func<RowChange, T> read, bool skipsTruncate, Offset from)
{
    private readonly Dictionary<uint, RowShape> _shapes = [];

    // Of the transaction that the job was in the middle of: so many messages of it were delivered.
    private long _delivered = from.Within;
    private CommittedTransaction _transaction = new(default, default);
    private long _index;

    /// <summary>Takes a message in.</summary>
    /// <returns>What to deliver; null if there is nothing.</returns>
    public async ValueTask<Delivery<T>?> TakeAsync(PgOutputReplicationMessage message, CancellationToken cancellation)
    {
        switch (message)
        {
            case BeginMessage begin:
                Begin(begin);
                return null;
            case RelationMessage relation:
                _shapes[relation.RelationId] = new RowShape(
                    $"{relation.Namespace}.{relation.RelationName}",
                    [.. relation.Columns.Select(static column =>
                        (column.ColumnName, column.Flags.HasFlag(RelationMessage.Column.ColumnFlags.PartOfKey)))]);
                return null;
            case CommitMessage commit:
                _delivered = 0;
                return new Delivery<T>(new Offset((long)(ulong)commit.TransactionEndLsn), HasRecord: false, default!);
            case TruncateMessage truncate:
                return Truncated(truncate);
            case InsertMessage or UpdateMessage or DeleteMessage:
                return await ChangedAsync(message, cancellation).ConfigureAwait(false);
            default:
                return null;
        }
    }

    private void Begin(BeginMessage begin)
    {
        _transaction = new CommittedTransaction(begin.TransactionFinalLsn, begin.TransactionCommitTimestamp);
        _index = 0;
        if (_delivered > 0 && (ulong)begin.TransactionFinalLsn != (ulong)from.Value)
        {
            throw new SourceException(
                $"The transaction at {new NpgsqlLogSequenceNumber((ulong)from.Value)}, of which the checkpoint has {_delivered} "
                    + "changes, does "
                    + $"not come again: the server at {server.Address} goes on with the one at {begin.TransactionFinalLsn}. Was the "
                    + "publication changed? Put back what it published, and start again.");
        }
    }

    private Delivery<T>? Truncated(TruncateMessage truncate)
    {
        var isNew = Count();
        var names = truncate.Relations.Select(static relation => $"{relation.Namespace}.{relation.RelationName}")
            .Where(name => tables?.Contains(name) != false).ToArray();
        return !isNew || names.Length == 0 || skipsTruncate ? null : throw new SourceException(
            $"Table {string.Join(", ", names)} at {server.Address} was truncated, at {_transaction.CommitLsn}: no change of a row says "
                + "which rows are gone. Set SkipsTruncate to pass over it, and publish without it afterwards (publish = 'insert, update, "
                + "delete').");
    }

    private async ValueTask<Delivery<T>?> ChangedAsync(PgOutputReplicationMessage message, CancellationToken cancellation)
    {
        var shape = _shapes[RelationOf(message).RelationId];
        var index = _index;
        var isNew = Count();
        if (!isNew || tables?.Contains(shape.Table) == false)
        {
            return null;
        }

        var (kind, before, after) = await RowsAsync(message, shape, cancellation).ConfigureAwait(false);
        var change = new RowChange(kind, shape, before, after, _transaction, index);
        return new Delivery<T>(Here, HasRecord: true, Read(change));
    }

    private Offset Here => new((long)(ulong)_transaction.CommitLsn) { Within = _index };

    // Whether the message was not delivered before.
    private bool Count() => _index++ >= _delivered;

    private T Read(RowChange change)
    {
        try
        {
            return read(change);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new SourceException($"{change}, at {server.Address}, cannot be read: {failure.Message}", failure);
        }
    }

    private static RelationMessage RelationOf(PgOutputReplicationMessage message) => message switch
    {
        InsertMessage insert => insert.Relation,
        UpdateMessage update => update.Relation,
        DeleteMessage delete => delete.Relation,
        _ => throw new InvalidOperationException($"{message} changes no row"),
    };

    private static async ValueTask<(RowChangeKind Kind, string?[]? Before, string?[]? After)> RowsAsync(
        PgOutputReplicationMessage message, RowShape shape, CancellationToken cancellation)
    {
        return message switch
        {
            InsertMessage insert => (RowChangeKind.Insert, null, await Row(insert.NewRow).ConfigureAwait(false)),
            FullUpdateMessage full => (RowChangeKind.Update, await Row(full.OldRow).ConfigureAwait(false),
                await Row(full.NewRow).ConfigureAwait(false)),
            IndexUpdateMessage index => (RowChangeKind.Update, shape.KeyOf(await Row(index.Key).ConfigureAwait(false)),
                await Row(index.NewRow).ConfigureAwait(false)),
            UpdateMessage update => (RowChangeKind.Update, null, await Row(update.NewRow).ConfigureAwait(false)),
            FullDeleteMessage full => (RowChangeKind.Delete, await Row(full.OldRow).ConfigureAwait(false), null),
            KeyDeleteMessage key => (RowChangeKind.Delete, shape.KeyOf(await Row(key.Key).ConfigureAwait(false)), null),
            _ => throw new InvalidOperationException($"{message} changes no row"),
        };

        ValueTask<string?[]> Row(ReplicationTuple tuple) => TextsAsync(tuple, shape.Columns.Count, cancellation);
    }

    private static async ValueTask<string?[]> TextsAsync(ReplicationTuple tuple, int count, CancellationToken cancellation)
    {
        var texts = new string?[count];
        var i = 0;
        await foreach (var value in tuple.WithCancellation(cancellation).ConfigureAwait(false))
        {
            texts[i++] = value.IsUnchangedToastedValue ? ChangedRow.Unsent
                : value.IsDBNull ? null
                : await value.Get<string>(cancellation).ConfigureAwait(false);
        }

        return texts;
    }
}
