using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Transactions;

/// <summary>Ends prepared transactions: commits what a checkpoint decided, and rolls back what none will.</summary>
/// <param name="server">Where.</param>
/// <param name="context">Who.</param>
/// <param name="target">The table and where it is, for messages.</param>
/// <param name="acceptsLost">Whether the job goes on without a transaction that is gone.</param>
internal sealed class Settlement(PostgresServer server, SinkContext context, string target, bool acceptsLost)
{
    // A session that was ended goes at once; one that is writing to a slow disk may take a moment.
    private static readonly TimeSpan SessionPatience = TimeSpan.FromSeconds(10);

    /// <summary>Commits. Done before by somebody is done.</summary>
    /// <exception cref="SinkException">It is gone, or the role may not.</exception>
    public async ValueTask CommitAsync(PostgresTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (transaction.Name is not { } name)
        {
            return;
        }

        var doing = $"Committing '{name}' of {checkpoint}";
        _ = await server.TryAsync(
            doing,
            context,
            async (connection, cancel) =>
            {
                try
                {
                    await ExecuteAsync(connection, $"COMMIT PREPARED '{name}'", cancel).ConfigureAwait(false);
                }
                catch (PostgresException missing) when (missing.SqlState == Failures.UndefinedObject)
                {
                    await ExplainAsync(connection, transaction, name, checkpoint, cancel).ConfigureAwait(false);
                }
                catch (PostgresException refused) when (Failures.IsRefusal(refused))
                {
                    throw Refused(refused, name, checkpoint);
                }

                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// What has become of a transaction that may have been prepared: the connection broke meanwhile. Waits until the server knows.
    /// </summary>
    public ValueTask<TransactionFate> FateAsync(string name, ulong xid, CancellationToken cancellation) => server.TryAsync(
        $"Preparing '{name}'",
        context,
        async (connection, cancel) =>
        {
            var fate = await TransactionFates.AskAsync(connection, name, xid, cancel).ConfigureAwait(false);
            return fate == TransactionFate.UnderWay
                ? throw new TimeoutException("the session that was to prepare it is still there")
                : fate;
        },
        cancellation);

    /// <summary>
    /// Ends the sessions of earlier attempts, so that none of them prepares anything any more or keeps rows locked, and rolls back what
    /// they have left.
    /// </summary>
    /// <exception cref="SinkException">The role may not.</exception>
    public async ValueTask CleanUpAsync(string database, CancellationToken cancellation)
    {
        var prepared = await server.TryAsync(
            "Looking for transactions of earlier attempts",
            context,
            async (connection, cancel) =>
            {
                await EndSessionsAsync(connection, cancel).ConfigureAwait(false);
                return await PreparedAsync(connection, cancel).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);

        var strays = Strays.Of(prepared, context, database);
        foreach (var warning in strays.Warnings)
        {
            context.Warn(warning);
        }

        foreach (var name in strays.RollBack)
        {
            await RollBackAsync(name, cancellation).ConfigureAwait(false);
        }
    }

    private ValueTask<bool> RollBackAsync(string name, CancellationToken cancellation) => server.TryAsync(
        $"Rolling back '{name}'",
        context,
        async (connection, cancel) =>
        {
            try
            {
                await ExecuteAsync(connection, $"ROLLBACK PREPARED '{name}'", cancel).ConfigureAwait(false);
            }
            catch (PostgresException gone) when (gone.SqlState == Failures.UndefinedObject)
            {
                // Somebody else has: that was all that was wanted.
            }
            catch (PostgresException refused) when (Failures.IsRefusal(refused))
            {
                throw new SinkException(
                    $"The transaction '{name}' that an earlier attempt left prepared for {target} cannot be rolled back: "
                        + $"{Failures.TextOf(refused)} Only the role that prepared it, or a superuser, may: "
                        + $"ROLLBACK PREPARED '{name}';",
                    refused);
            }

            return true;
        },
        cancellation);

    // The server knows no such transaction: it was committed before, or it is lost.
    private async ValueTask ExplainAsync(
        NpgsqlConnection connection, PostgresTransaction transaction, string name, CheckpointName checkpoint,
        CancellationToken cancellation)
    {
        var here = await CatalogReader.ServerAsync(connection, cancellation).ConfigureAwait(false);
        var isElsewhere = transaction.Server is { } there && here.Identity.IsOtherCluster(there);
        var fate = isElsewhere
            ? TransactionFate.Unknown
            : await TransactionFates.AskAsync(connection, name, transaction.Xid, cancellation).ConfigureAwait(false);
        if (fate is TransactionFate.Committed)
        {
            return;
        }

        if (fate is TransactionFate.Prepared or TransactionFate.UnderWay)
        {
            throw new TimeoutException($"'{name}' is being prepared or ended by another session");
        }

        var what = isElsewhere
            ? $"PostgreSQL at {server.Address} is not the server that prepared the transaction '{name}'"
            : fate == TransactionFate.RolledBack
                ? $"The transaction '{name}' was rolled back by somebody, though {checkpoint} counts on it"
                : $"PostgreSQL at {server.Address} does not know any more what became of the transaction '{name}'";
        var loss = fate == TransactionFate.RolledBack
            ? $"its {transaction.Rows} rows are not in {target}"
            : $"its {transaction.Rows} rows may be missing from {target}";
        if (acceptsLost)
        {
            context.Warn($"{what}, and {loss}: the job goes on, as {nameof(PostgresSinkOptions.AcceptsLostTransactions)} says.");
            return;
        }

        throw new SinkException(
            $"{what}, and {loss}. Start from a checkpoint before {checkpoint}, so that they are written again; or look whether they are "
                + $"there, set {nameof(PostgresSinkOptions)}.{nameof(PostgresSinkOptions.AcceptsLostTransactions)}, and the job goes on "
                + "without them.");
    }

    private SinkException Refused(PostgresException refused, string name, CheckpointName checkpoint)
    {
        var advice = refused.SqlState == Failures.InsufficientPrivilege
            ? " Only the role that prepared it, or a superuser, may commit it: let the job connect as that role."
            : " It stays prepared, and its rows are not lost: mend the cause, and the next start commits it.";
        return new SinkException(
            $"The transaction '{name}' of {checkpoint} for {target} cannot be committed: {Failures.TextOf(refused)}{advice}", refused);
    }

    private async ValueTask EndSessionsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Sessions = """
            SELECT pid, application_name FROM pg_catalog.pg_stat_activity
            WHERE usename = current_user AND starts_with(application_name, $1) AND pid <> pg_backend_pid()
            """;
        var prefix = TransactionName.SessionPrefix(context);
        var patience = new Retry(context.Time, SessionPatience);
        while (true)
        {
            List<int> old = [];
            var list = new NpgsqlCommand(Sessions, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = prefix } } };
            await using (list.ConfigureAwait(false))
            {
                var reader = await list.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                    {
                        if (AttemptOf(reader.GetString(1)[prefix.Length..]) < context.Attempt)
                        {
                            old.Add(reader.GetInt32(0));
                        }
                    }
                }
            }

            foreach (var pid in old)
            {
                await ExecuteAsync(connection, $"SELECT pg_catalog.pg_terminate_backend({pid})", cancellation).ConfigureAwait(false);
            }

            if (old.Count == 0)
            {
                return;
            }

            if (!await patience.WaitAsync(cancellation).ConfigureAwait(false))
            {
                throw new TimeoutException($"{old.Count} sessions of earlier attempts do not end");
            }
        }
    }

    private static long AttemptOf(string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && long.TryParse(rest.AsSpan(0, slash), out var attempt) ? attempt : long.MaxValue;
    }

    private static async ValueTask<IReadOnlyList<PreparedTransaction>> PreparedAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var prepared = new List<PreparedTransaction>();
        var list = new NpgsqlCommand(
            "SELECT gid, database::text, owner::text FROM pg_catalog.pg_prepared_xacts WHERE starts_with(gid, $1)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = TransactionName.Prefix } },
        };
        await using (list.ConfigureAwait(false))
        {
            var reader = await list.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    prepared.Add(new PreparedTransaction(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
                }
            }
        }

        return prepared;
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            _ = await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }
}
