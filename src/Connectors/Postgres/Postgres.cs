using Npgsql;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Writing;

namespace Weir;

/// <summary>PostgreSQL as a sink.</summary>
public static class Postgres
{
    /// <summary>A sink that inserts a row for each record, exactly once.</summary>
    /// <remarks>
    /// <para>Rows go by binary COPY into a transaction that is prepared at each barrier (<c>PREPARE TRANSACTION</c>) and committed when its
    /// checkpoint exists: readers see the rows of a checkpoint at once, and each of them once, whatever fails. Needs PostgreSQL 13 or newer
    /// with <c>max_prepared_transactions</c> above 0: twice the subtasks of all such sinks, for each checkpoint that may be under way.</para>
    /// <para>Table, columns, types and rights are looked at when the job starts. A row that the table refuses fails the job for good, and
    /// the message says which one it is.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connectionString">Of Npgsql: <c>Host=db;Database=shop;Username=weir;Password=…</c>. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it: <c>orders</c>, <c>sales.orders</c>, <c>"Orders"</c>.</param>
    /// <param name="columns">The columns to write; the table's others get their defaults.</param>
    /// <param name="options">How to write; null for <c>new PostgresSinkOptions()</c>.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> Write<T>(
        string connectionString, string table, Action<PostgresColumns<T>> columns, PostgresSinkOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return new CopySink<T>(new PostgresServer(connectionString), table, columns, options);
    }

    /// <summary>A sink that inserts a row for each record, exactly once, over connections of your own.</summary>
    /// <inheritdoc cref="Write{T}(string, string, Action{PostgresColumns{T}}, PostgresSinkOptions)"/>
    /// <param name="dataSource">Where connections come from: each subtask holds up to two. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write.</param>
    /// <param name="options">How to write; null for <c>new PostgresSinkOptions()</c>.</param>
    public static ITransactionalSink<T> Write<T>(
        NpgsqlDataSource dataSource, string table, Action<PostgresColumns<T>> columns, PostgresSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return new CopySink<T>(new PostgresServer(dataSource), table, columns, options);
    }
}
