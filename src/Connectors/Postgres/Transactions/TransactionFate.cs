using System.Globalization;
using Npgsql;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Transactions;

/// <summary>What has become of a transaction.</summary>
internal enum TransactionFate
{
    /// <summary>It is prepared: it can be committed and rolled back.</summary>
    Prepared,

    /// <summary>It is under way, and not prepared: a session is still at it.</summary>
    UnderWay,

    /// <summary>It was committed.</summary>
    Committed,

    /// <summary>It was rolled back.</summary>
    RolledBack,

    /// <summary>The server does not know any more, or never knew.</summary>
    Unknown,
}

/// <summary>Asks the server what has become of a transaction.</summary>
internal static class TransactionFates
{
    // In this order: a transaction that is prepared in between is found by its state and asked for again.
    private const string Query = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts WHERE gid = $1), pg_catalog.pg_xact_status($2::xid8)
        """;

    /// <summary>Asks.</summary>
    public static async ValueTask<TransactionFate> AskAsync(
        NpgsqlConnection connection, string name, ulong xid, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(Query, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = name },
                new NpgsqlParameter { Value = xid.ToString(CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Unknown },
            },
        };
        await using (command.ConfigureAwait(false))
        {
            try
            {
                var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    _ = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                    return reader.GetBoolean(0) ? TransactionFate.Prepared
                        : await reader.IsDBNullAsync(1, cancellation).ConfigureAwait(false) ? TransactionFate.Unknown
                        : reader.GetString(1) switch
                        {
                            "committed" => TransactionFate.Committed,
                            "aborted" => TransactionFate.RolledBack,
                            _ => TransactionFate.UnderWay,
                        };
                }
            }
            catch (PostgresException refused) when (refused.SqlState == Failures.InvalidParameterValue)
            {
                // The id is of the future: this server never gave it.
                return TransactionFate.Unknown;
            }
        }
    }
}
