using MySqlConnector;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Transactions;

/// <summary>
/// The table that remembers which transactions were committed: the server forgets a transaction when it ends, however it ended.
/// </summary>
/// <remarks>
/// <para>The row of a transaction is written within it, so that it is there if the transaction was committed, and not otherwise. The
/// transactions of a subtask are committed in order; so the row of a later one says the same, and older ones can go.</para>
/// <para>A row of number 0 belongs to no transaction: it says that a session of the subtask writes, or has written, in this attempt. The
/// session also holds a lock by name, by which a later attempt finds it among the server's.</para>
/// </remarks>
internal static class CommitTable
{
    /// <summary>Its name.</summary>
    public const string Name = "weir_commits";

    private const string Definition = """
        CREATE TABLE weir_commits (
            sink VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, attempt BIGINT NOT NULL, subtask INT NOT NULL,
            number BIGINT NOT NULL, checkpoint BIGINT NOT NULL, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            PRIMARY KEY (sink, attempt, subtask, number)) ENGINE = InnoDB
        """;

    /// <summary>Within a transaction: it will have been committed if this is there.</summary>
    public const string Mark = "INSERT INTO weir_commits (sink, attempt, subtask, number, checkpoint) VALUES (?, ?, ?, ?, ?)";

    /// <summary>Makes it where it is missing.</summary>
    /// <exception cref="SinkException">The user may not.</exception>
    public static async ValueTask CreateAsync(MySqlConnection connection, string address, CancellationToken cancellation)
    {
        try
        {
            try
            {
                _ = await connection.ScalarAsync("SELECT 1 FROM weir_commits LIMIT 1", cancellation).ConfigureAwait(false);
            }
            catch (MySqlException missing) when (missing.Number == Failures.NoSuchTable)
            {
                _ = await connection.ExecuteAsync(
                    Definition.Replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", StringComparison.Ordinal), cancellation)
                    .ConfigureAwait(false);
            }
        }
        catch (MySqlException refused) when (Failures.IsRefusal(refused))
        {
            throw new SinkException(
                $"The table {Name}, which remembers what was committed, cannot be made or read at {address}: {Failures.TextOf(refused)} "
                    + "Let "
                    + $"somebody make it who may, and grant SELECT, INSERT and DELETE on it: {Definition};",
                refused);
        }
    }

    /// <summary>Says that a session is about to write; whether it may: no later attempt has begun.</summary>
    public static async ValueTask<bool> EnterAsync(MySqlConnection connection, XaName session, CancellationToken cancellation)
    {
        _ = await connection.ExecuteAsync(
            "INSERT IGNORE INTO weir_commits (sink, attempt, subtask, number, checkpoint) VALUES (?, ?, ?, 0, 0)",
            cancellation,
            session.Global,
            session.Attempt,
            session.Subtask).ConfigureAwait(false);
        return await connection.ScalarAsync(
            "SELECT 1 FROM weir_commits WHERE sink = ? AND attempt > ? LIMIT 1",
            cancellation,
            session.Global,
            session.Attempt).ConfigureAwait(false) is null;
    }

    /// <summary>The attempts and subtasks that may have a session, of attempts before this one.</summary>
    public static ValueTask<IReadOnlyList<(long Attempt, int Subtask)>> EarlierAsync(
        MySqlConnection connection, XaName me, CancellationToken cancellation) => connection.ListAsync(
        "SELECT attempt, subtask FROM weir_commits WHERE sink = ? AND attempt < ? AND number = 0",
        static row => (row.GetInt64(0), row.GetInt32(1)),
        cancellation,
        me.Global,
        me.Attempt);

    /// <summary>Forgets sessions of attempts before this one, and all but the newest commit of each subtask of them.</summary>
    public static async ValueTask PruneAsync(MySqlConnection connection, XaName me, CancellationToken cancellation) =>
        _ = await connection.ExecuteAsync(
            """
            DELETE old FROM weir_commits old LEFT JOIN (
                SELECT attempt, subtask, max(number) AS newest FROM weir_commits WHERE sink = ? GROUP BY attempt, subtask) kept
            ON old.attempt = kept.attempt AND old.subtask = kept.subtask AND old.number = kept.newest AND kept.newest > 0
            WHERE old.sink = ? AND old.attempt < ? AND kept.newest IS NULL
            """,
            cancellation,
            me.Global,
            me.Global,
            me.Attempt).ConfigureAwait(false);

    /// <summary>A transaction was committed: what its subtask has committed before it needs no row any more.</summary>
    public static async ValueTask ForgetBeforeAsync(
        MySqlConnection connection, XaName name, string database, CancellationToken cancellation) =>
        _ = await connection.ExecuteAsync(
            $"DELETE FROM {In(database)} WHERE sink = ? AND attempt = ? AND subtask = ? AND number > 0 AND number < ?",
            cancellation,
            name.Global,
            name.Attempt,
            name.Subtask,
            name.Number).ConfigureAwait(false);

    /// <summary>Whether a transaction was committed, of which the server knows nothing.</summary>
    public static async ValueTask<bool> HasAsync(
        MySqlConnection connection, XaName name, string database, CancellationToken cancellation)
    {
        try
        {
            return await connection.ScalarAsync(
                $"SELECT 1 FROM {In(database)} WHERE sink = ? AND attempt = ? AND subtask = ? AND number >= ? LIMIT 1",
                cancellation,
                name.Global,
                name.Attempt,
                name.Subtask,
                name.Number).ConfigureAwait(false) is not null;
        }
        catch (MySqlException missing) when (missing.Number == Failures.NoSuchTable)
        {
            return false;
        }
    }

    private static TableName In(string database) => new(database, Name);
}
