using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;
using Weir.Databases;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Changes;

/// <summary>Fetches changes on the work pool, a bounded number ahead of the job, and tells the server how far it may forget.</summary>
/// <remarks>
/// While the job is slower than the changes come, what is fetched stays as much, and the server is not read. Signs of life go on: the
/// driver sends them by a timer of its own.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
#pragma warning disable CA1001 // A source of cancellation without a time-out holds nothing, and the background may look at it last.
internal sealed class ChangeFeed<T>(
    PostgresServer server,
    ReplicationCheck check,
    ReplicationSplit split,
    Func<RowChange, T> read,
    PostgresChangesOptions options,
    Offset from,
    SourceContext context)
#pragma warning restore CA1001
{
    // How long a server may be away before the attempt fails.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<Delivery<T>> _fetched = Channel.CreateBounded<Delivery<T>>(
        new BoundedChannelOptions(options.BufferedChanges) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private LogicalReplicationConnection? _connection;
    private NpgsqlLogSequenceNumber _confirmed;
    private long _end = long.MaxValue;

    // Of the background: behind what was put into the channel last.
    private Offset _next = from;
    private bool _hasHeard;

    /// <summary>Gets what is read, for messages.</summary>
    public string Target => $"slot '{split.Slot}' at {server.Address}";

    /// <summary>Gets a value indicating whether nothing waits to be taken.</summary>
    public bool IsEmpty => _fetched.Reader.Count == 0;

    /// <summary>Gets up to where the server has sent its log; 0 while there is no connection.</summary>
    public long Received
    {
        get
        {
            lock (_lock)
            {
                return _connection is { } connection ? (long)(ulong)connection.LastReceivedLsn : 0;
            }
        }
    }

    /// <summary>Whether all has been read that was there at the beginning.</summary>
    public bool HasReachedEnd(Offset offset) => options.EndsWhenRead && offset.Value >= Volatile.Read(ref _end);

    /// <summary>Takes what comes next.</summary>
    public bool TryTake(out Delivery<T> next) => _fetched.Reader.TryRead(out next);

    /// <summary>A checkpoint is complete: the server may forget what stands in front of its offset. It is told at once.</summary>
    public void Confirm(Offset offset)
    {
        lock (_lock)
        {
            var confirmed = new NpgsqlLogSequenceNumber((ulong)offset.Value);
            if (confirmed > _confirmed)
            {
                _confirmed = confirmed;
                _connection?.SetReplicationStatus(confirmed);
                _ = _connection is { } connection ? TellAsync(connection) : null;
            }
        }
    }

    // Not only in time: a job that ends does so right behind its last checkpoint.
    private static async Task TellAsync(LogicalReplicationConnection connection)
    {
        try
        {
            await connection.SendStatusUpdate(CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is said again in time, or by the next checkpoint; what breaks the connection is seen by who reads it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Ends it. What is fetched is thrown away.</summary>
    public void Stop() => _ = _stop.CancelAsync();

    /// <summary>Fetches until it is stopped. A connection that breaks is made again.</summary>
    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        Retry? retry = null;
        while (true)
        {
            try
            {
                await FollowAsync(both.Token).ConfigureAwait(false);
                throw new IOException($"The server has ended the replication of {Target}.");
            }
            catch (Exception) when (both.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsInUse(failure) || IsGoodbye(failure) || Failures.IsTransient(failure))
            {
                // A server that has been heard since has all the time again.
                retry = _hasHeard || retry is null ? new Retry(context.Time, IsInUse(failure) ? options.SlotWait : Patience) : retry;
                _hasHeard = false;
                await WaitAsync(retry, failure, both.Token).ConfigureAwait(false);
            }
            catch (Exception refused) when (Failures.IsRefusal(refused))
            {
                throw new SourceException($"{Target} cannot be read: {Failures.TextOf(refused)}{AdviceOf(refused)}", refused);
            }
        }
    }

    // A server that is shut down in good order ends the stream where the driver expects it to go on.
    private static bool IsGoodbye(Exception failure) => failure.Message.Contains("CommandComplete", StringComparison.Ordinal);

    private async ValueTask WaitAsync(Retry retry, Exception failure, CancellationToken cancellation)
    {
        if (retry.Waits == 0)
        {
            context.Warn($"Reading {Target} failed, and is tried again: {Failures.TextOf(failure)}");
        }

        try
        {
            if (await retry.WaitAsync(cancellation).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw IsInUse(failure)
            ? new SourceException(
                $"{Target} is read by somebody else: {Failures.TextOf(failure)} A slot has one reader. Stop the other job, or the process "
                    + "(SELECT pg_terminate_backend(‹pid›)), or name another slot.",
                failure)
            : new IOException($"{Target} cannot be read: {Failures.TextOf(failure)}", failure);
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        var start = Resumed();
        var (facts, tables) = await check.GoOnAsync(new NpgsqlLogSequenceNumber((ulong)start.Value), cancellation).ConfigureAwait(false);
        Interlocked.CompareExchange(ref _end, (long)(ulong)facts.Flushed, long.MaxValue);
        var decoder = new ChangeDecoder<T>(server, tables, read, options.SkipsTruncate, start);
        var connection = new LogicalReplicationConnection(server.ReplicationString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.Open(cancellation).ConfigureAwait(false);
            connection.WalReceiverStatusInterval = facts.StatusInterval;
            Connected(connection);
            try
            {
                var messages = connection.StartReplication(
                    new PgOutputReplicationSlot(split.Slot),
                    new PgOutputReplicationOptions(split.Publication, PgOutputProtocolVersion.V1),
                    cancellation,
                    new NpgsqlLogSequenceNumber((ulong)start.Value));
                await foreach (var message in messages.WithCancellation(cancellation).ConfigureAwait(false))
                {
                    if (await decoder.TakeAsync(message, cancellation).ConfigureAwait(false) is { } delivery)
                    {
                        await DeliverAsync(delivery, cancellation).ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                _hasHeard = (ulong)connection.LastReceivedLsn > 0;
                Connected(null);
            }
        }
    }

    private Offset Resumed()
    {
        lock (_lock)
        {
            return LogPlace.Resume(_next, (long)(ulong)_confirmed);
        }
    }

    private void Connected(LogicalReplicationConnection? connection)
    {
        lock (_lock)
        {
            _connection = connection;
            if (_confirmed > default(NpgsqlLogSequenceNumber))
            {
                connection?.SetReplicationStatus(_confirmed);
            }
        }
    }

    private async ValueTask DeliverAsync(Delivery<T> delivery, CancellationToken cancellation)
    {
        await _fetched.Writer.WriteAsync(delivery, cancellation).ConfigureAwait(false);
        _next = delivery.Behind;

        // Whoever found nothing did so before this was there.
        if (_fetched.Reader.Count <= 1)
        {
            context.Wake();
        }
    }

    private static bool IsInUse(Exception failure) => failure is PostgresException { SqlState: "55006" };

    [SuppressMessage("Style", "IDE0072", Justification = "What is not known has no advice.")]
    private static string AdviceOf(Exception refused) => (refused as PostgresException)?.SqlState switch
    {
        Failures.InsufficientPrivilege => " The role needs the right to replicate: ALTER ROLE ‹role› REPLICATION.",
        "42704" => " A slot that is older than the publication cannot be read by it: make the publication first, then the slot.",
        _ => "",
    };
}
