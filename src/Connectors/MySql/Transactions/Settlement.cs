using MySqlConnector;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Tables;

namespace Weir.MySqlServers.Transactions;

/// <summary>Ends prepared transactions: commits what a checkpoint decided, and rolls back what none will.</summary>
/// <param name="server">Where.</param>
/// <param name="context">Who.</param>
/// <param name="target">The table and where it is, for messages.</param>
/// <param name="acceptsLost">Whether the job goes on without a transaction that is gone.</param>
internal sealed class Settlement(MySqlServer server, SinkContext context, string target, bool acceptsLost)
{
    /// <summary>Commits. Done before by somebody is done.</summary>
    /// <exception cref="SinkException">It is gone, or the server refuses.</exception>
    public async ValueTask CommitAsync(XaTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (transaction.Name is not { } name)
        {
            return;
        }

        _ = await server.TryAsync(
            $"Committing '{name}' of {checkpoint}",
            context,
            async (connection, cancel) =>
            {
                try
                {
                    if (!await EndAsync(connection, "COMMIT", name, cancel).ConfigureAwait(false))
                    {
                        await ExplainAsync(connection, transaction, name, checkpoint, cancel).ConfigureAwait(false);
                    }
                }
                catch (MySqlException refused) when (Failures.IsRefusal(refused))
                {
                    throw new SinkException(
                        $"The transaction '{name}' of {checkpoint} for {target} cannot be committed: {Failures.TextOf(refused)} It stays "
                            + "prepared, and its rows are not lost: mend the cause, and the next start commits it.",
                        refused);
                }

                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Forgets the commits of a subtask before this one.</summary>
    public async ValueTask ForgetBeforeAsync(XaName name, string database, CancellationToken cancellation) => _ = await server.TryAsync(
        $"Forgetting commits before '{name}'",
        context,
        async (connection, cancel) =>
        {
            await CommitTable.ForgetBeforeAsync(connection, name, database, cancel).ConfigureAwait(false);
            return true;
        },
        cancellation).ConfigureAwait(false);

    /// <summary>Whether a transaction was prepared whose session broke. Ends that session, so that nothing changes any more.</summary>
    public ValueTask<bool> IsPreparedAsync(XaName name, CancellationToken cancellation) => server.TryAsync(
        $"Preparing '{name}'",
        context,
        async (connection, cancel) =>
        {
            await XaSessions.EndAsync(connection, name.Global, name.Attempt, name.Subtask, context.Time, cancel).ConfigureAwait(false);
            return (await XaSessions.PreparedAsync(connection, cancel).ConfigureAwait(false)).Contains(name);
        },
        cancellation);

    /// <summary>
    /// Ends the sessions of earlier attempts, so that none of them prepares anything any more or keeps rows locked, and rolls back what
    /// they have left.
    /// </summary>
    /// <exception cref="SinkException">The user may not.</exception>
    public async ValueTask CleanUpAsync(CancellationToken cancellation)
    {
        var me = XaName.Of(context, 0);
        var strays = await server.TryAsync(
            "Looking for transactions of earlier attempts",
            context,
            async (connection, cancel) =>
            {
                await CommitTable.CreateAsync(connection, server.Address, cancel).ConfigureAwait(false);
                try
                {
                    // From now on no session of an earlier attempt begins to write.
                    _ = await CommitTable.EnterAsync(connection, me, cancel).ConfigureAwait(false);
                    foreach (var (attempt, subtask) in await CommitTable.EarlierAsync(connection, me, cancel).ConfigureAwait(false))
                    {
                        await XaSessions.EndAsync(connection, me.Global, attempt, subtask, context.Time, cancel).ConfigureAwait(false);
                    }

                    return Strays.Of(await XaSessions.PreparedAsync(connection, cancel).ConfigureAwait(false), me);
                }
                catch (MySqlException refused) when (Failures.IsRefusal(refused))
                {
                    throw new SinkException(
                        $"What earlier attempts have left for {target} cannot be looked at: {Failures.TextOf(refused)} The user needs "
                            + "SELECT, "
                            + $"INSERT and DELETE on {CommitTable.Name}, and with MySQL the right XA_RECOVER_ADMIN.",
                        refused);
                }
            },
            cancellation).ConfigureAwait(false);
        if (strays.Warning is { } warning)
        {
            context.Warn(warning);
        }

        foreach (var name in strays.RollBack)
        {
            _ = await server.TryAsync(
                $"Rolling back '{name}'",
                context,
                (connection, cancel) => XaSessions.TryEndAsync(connection, "ROLLBACK", name, context.Time, cancel),
                cancellation).ConfigureAwait(false);
        }

        _ = await server.TryAsync(
            "Forgetting earlier attempts",
            context,
            async (connection, cancel) =>
            {
                await CommitTable.PruneAsync(connection, me, cancel).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    // A session of an earlier attempt may be alive, of a process that was believed dead: it would never let go.
    private async ValueTask<bool> EndAsync(MySqlConnection connection, string verb, XaName name, CancellationToken cancellation)
    {
        if (name.Attempt < context.Attempt)
        {
            await XaSessions.EndAsync(connection, name.Global, name.Attempt, name.Subtask, context.Time, cancellation)
                .ConfigureAwait(false);
        }

        return await XaSessions.TryEndAsync(connection, verb, name, context.Time, cancellation).ConfigureAwait(false);
    }

    // The server knows no such transaction: it was committed before, or it is lost.
    private async ValueTask ExplainAsync(
        MySqlConnection connection, XaTransaction transaction, XaName name, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (await CommitTable.HasAsync(connection, name, transaction.Database, cancellation).ConfigureAwait(false))
        {
            return;
        }

        var here = await CatalogReader.ServerAsync(connection, cancellation).ConfigureAwait(false);
        var isElsewhere = transaction.IsOtherServer(here.Identity);
        var what = isElsewhere
            ? $"The server at {server.Address} is not the one that prepared the transaction '{name}'"
            : $"The transaction '{name}' was rolled back by somebody, or is lost, though {checkpoint} counts on it";
        var loss = $"its {transaction.Rows} rows are not in {target}";
        if (acceptsLost)
        {
            context.Warn($"{what}, and {loss}: the job goes on, as {nameof(MySqlSinkOptions.AcceptsLostTransactions)} says.");
            return;
        }

        throw new SinkException(
            $"{what}, and {loss}. Start from a checkpoint before {checkpoint}, so that they are written again; or set "
                + $"{nameof(MySqlSinkOptions)}.{nameof(MySqlSinkOptions.AcceptsLostTransactions)}, and the job goes on without them.");
    }
}
