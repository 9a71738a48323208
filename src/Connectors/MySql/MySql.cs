using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Upserting;
using Weir.MySqlServers.Writing;

namespace Weir;

/// <summary>MariaDB and MySQL as sinks.</summary>
public static class MySql
{
#pragma warning disable RS0026 // The overloads differ in what is required: no call can mean two of them, and options come last in all.
    /// <summary>A sink that inserts a row for each record, exactly once.</summary>
    /// <remarks>
    /// <para>Rows go by prepared statements of many rows into an XA transaction that is prepared at each barrier (<c>XA PREPARE</c>) and
    /// committed when its checkpoint exists: readers see the rows of a checkpoint at once, and each of them once, whatever fails. Needs
    /// MariaDB 10.5 or MySQL 8.0, or newer, and a table of an engine that takes part in XA: InnoDB.</para>
    /// <para>In the database of the connection it keeps a table <c>weir_commits</c>, with a row or two for each subtask and attempt. They
    /// say which transactions were committed, which the server itself forgets.</para>
    /// <para>Table, columns, types and rights are looked at when the job starts. A row that the table refuses fails the job for good, and
    /// the message says which one it is. The session is strict, whatever the server is, and its time zone is UTC.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connectionString">Of MySqlConnector: <c>Server=db;Database=shop;User ID=weir;Password=…</c>. Names a database.</param>
    /// <param name="table">The table, as SQL names it: <c>orders</c>, <c>sales.orders</c>, <c>`my orders`</c>.</param>
    /// <param name="columns">The columns to write; the table's others get their defaults.</param>
    /// <param name="options">How to write; null for <c>new MySqlSinkOptions()</c>.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> Write<T>(
        string connectionString, string table, Action<MySqlColumns<T>> columns, MySqlSinkOptions? options = null) =>
        Write(connectionString, table, MySqlColumns<T>.Of(columns), options);

    /// <summary>A sink that inserts a row for each record, exactly once, with a column for each public member.</summary>
    /// <inheritdoc cref="Write{T}(string, string, Action{MySqlColumns{T}}, MySqlSinkOptions)"/>
    /// <remarks>A member's column is named as <c>[Column]</c> says, else by the member in snake_case: <c>OrderId</c> goes to
    /// <c>order_id</c>. The generator writes what reads the members, of the type that is named at the call.</remarks>
    /// <param name="connectionString">Of MySqlConnector. Names a database.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="options">How to write; null for <c>new MySqlSinkOptions()</c>.</param>
    public static ITransactionalSink<T> Write<T>(string connectionString, string table, MySqlSinkOptions? options = null) =>
        Write(connectionString, table, MySqlColumns<T>.OfMembers([]), options);
#pragma warning restore RS0026

    /// <summary>A sink that keeps one row for each key: the last record that came with it.</summary>
    /// <remarks>
    /// <para>Rows go into the table as they come, a batch at a time, in one transaction each and in the order of the key
    /// (<c>INSERT … ON DUPLICATE KEY UPDATE</c>): readers see them soon, and before their checkpoint. After a failure the records since the
    /// newest checkpoint come again and are put in again, so that the table ends up right: older values may show for a moment. Of several
    /// records of a batch with one key, the last counts. Needs a unique index on the key.</para>
    /// <para>Records of one key must come by one subtask, or which of them is the last hangs on chance: keep the sink behind the window
    /// or the <c>KeyBy</c> that has the same key.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connectionString">Of MySqlConnector. Names a database.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write: those of the key by <c>Key</c>, the others by <c>Column</c>.</param>
    /// <returns>The sink.</returns>
    public static IIdempotentSink<T> Upsert<T>(string connectionString, string table, Action<MySqlColumns<T>> columns) =>
        Upsert<T, T>(connectionString, table, MySqlColumns<T>.Of(columns), RowBuffer.Put, mayDelete: false);

    /// <summary>A sink that keeps one row for each key, with a column for each public member.</summary>
    /// <inheritdoc cref="Upsert{T}(string, string, Action{MySqlColumns{T}})"/>
    /// <param name="connectionString">Of MySqlConnector. Names a database.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="key">The columns of the key, by their names in the table.</param>
    public static IIdempotentSink<T> Upsert<T>(string connectionString, string table, IReadOnlyCollection<string> key) =>
        Upsert<T, T>(connectionString, table, MySqlColumns<T>.OfMembers(key), RowBuffer.Put, mayDelete: false);

    /// <summary>A sink that keeps one row for each key and takes it out when its value has ended: for results that change.</summary>
    /// <inheritdoc cref="Upsert{T}(string, string, Action{MySqlColumns{T}})"/>
    public static IIdempotentSink<Change<T>> UpsertChanges<T>(string connectionString, string table, Action<MySqlColumns<T>> columns) =>
        Upsert<Change<T>, T>(connectionString, table, MySqlColumns<T>.Of(columns), RowBuffer.Apply, mayDelete: true);

    /// <summary>A sink that keeps one row for each key and takes it out when its value has ended, with a column for each public
    /// member.</summary>
    /// <inheritdoc cref="UpsertChanges{T}(string, string, Action{MySqlColumns{T}})"/>
    /// <param name="connectionString">Of MySqlConnector. Names a database.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="key">The columns of the key, by their names in the table.</param>
    public static IIdempotentSink<Change<T>> UpsertChanges<T>(
        string connectionString, string table, IReadOnlyCollection<string> key) =>
        Upsert<Change<T>, T>(connectionString, table, MySqlColumns<T>.OfMembers(key), RowBuffer.Apply, mayDelete: true);

    private static XaSink<T> Write<T>(string connectionString, string table, ColumnSet<T> columns, MySqlSinkOptions? options)
    {
        var checkedOptions = options ?? new MySqlSinkOptions();
        checkedOptions.Check();
        return new XaSink<T>(new MySqlServer(connectionString), TableName.Parse(table), columns.NotEmpty(), checkedOptions);
    }

    private static UpsertSink<TIn, T> Upsert<TIn, T>(
        string connectionString, string table, ColumnSet<T> columns, Action<TIn, RowBuffer<T>> add, bool mayDelete) =>
        new(new MySqlServer(connectionString), TableName.Parse(table), columns.WithKey(), add, mayDelete);
}
