using Weir.PostgreSql.Changes;
using Weir.PostgreSql.Server;

namespace Weir;

/// <content>Changes as a source.</content>
public static partial class Postgres
{
    /// <summary>
    /// A source of the changes of rows, in the order of commits, by logical replication: what is put in, changed and taken out, once each.
    /// </summary>
    /// <remarks>
    /// <para>The server needs <c>wal_level = logical</c>, a publication of the tables, and a replication slot for this source alone; the
    /// role
    /// needs <c>REPLICATION</c>. Old values come with <c>REPLICA IDENTITY FULL</c>; without it a row that is taken out has those of its
    /// key.</para>
    /// <para>A job that starts without a checkpoint reads from where the slot stands; what the tables held before is no change. A
    /// checkpoint
    /// holds the place in the log, and how many changes of a transaction were delivered. The server is told that it may forget what
    /// stands in
    /// front of it when the checkpoint is complete. So a job can be started from its newest checkpoint, and is refused from an older one
    /// whose changes are gone.</para>
    /// <para>The time of a change is that of its commit: <c>.WithEventTime(change => change.CommittedAt, …)</c>, with what the function has
    /// put into the record.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connectionString">Of Npgsql, to the server itself: a pooler such as PgBouncer does not pass replication on. Without
    /// multiplexing. There is no overload for a data source, which does not tell its password to a connection for replication.</param>
    /// <param name="publication">The publication, just as the server has it.</param>
    /// <param name="slot">The slot, just as the server has it: small letters, digits and underscores.</param>
    /// <param name="read">Makes a record of a change. Called on the work pool, by one thread at a time.</param>
    /// <param name="options">How to read; null for <c>new PostgresChangesOptions()</c>.</param>
    /// <returns>The source.</returns>
    public static ISource<T> Changes<T>(
        string connectionString, string publication, string slot, Func<RowChange, T> read, PostgresChangesOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentException.ThrowIfNullOrWhiteSpace(publication);
        ArgumentException.ThrowIfNullOrWhiteSpace(slot);
        ArgumentNullException.ThrowIfNull(read);
        var checkedOptions = options ?? new PostgresChangesOptions();
        checkedOptions.Check();
        return new ChangesSource<T>(new PostgresServer(connectionString), publication, slot, read, checkedOptions);
    }
}
