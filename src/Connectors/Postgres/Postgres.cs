using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Reading;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Upserting;
using Weir.PostgreSql.Writing;

namespace Weir;

/// <summary>PostgreSQL as a sink and as a source.</summary>
public static partial class Postgres
{
    private const string Example = "Postgres.Write<Order>(…)";

#pragma warning disable RS0026 // The overloads differ in what is required: no call can mean two of them, and options come last in all.
    /// <summary>A sink that inserts a row for each record, exactly once.</summary>
    /// <remarks>
    /// <para>Rows go by binary COPY into a transaction that is prepared at each barrier (<c>PREPARE TRANSACTION</c>) and committed when its
    /// checkpoint exists: readers see the rows of a checkpoint at once, and each of them once, whatever fails. Needs PostgreSQL 13 or newer
    /// with <c>max_prepared_transactions</c> above 0: twice the subtasks of all such sinks.</para>
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

    /// <summary>A sink that inserts a row for each record, exactly once, with a column for each public member.</summary>
    /// <inheritdoc cref="Write{T}(string, string, Action{PostgresColumns{T}}, PostgresSinkOptions)"/>
    /// <remarks>A member's column is named as <c>[Column]</c> says, else by the member in snake_case: <c>OrderId</c> goes to
    /// <c>order_id</c>. The generator writes what reads the members, of the type that is named at the call.</remarks>
    /// <param name="connectionString">Of Npgsql. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="options">How to write; null for <c>new PostgresSinkOptions()</c>.</param>
    public static ITransactionalSink<T> Write<T>(string connectionString, string table, PostgresSinkOptions? options = null) =>
        Write<T>(connectionString, table, static columns => MemberColumns<T>.AddTo(columns, [], Example), options);

    /// <summary>A sink that inserts a row for each record, exactly once, with a column for each public member, over connections of your
    /// own.</summary>
    /// <inheritdoc cref="Write{T}(string, string, PostgresSinkOptions)"/>
    /// <param name="dataSource">Where connections come from: each subtask holds up to two. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="options">How to write; null for <c>new PostgresSinkOptions()</c>.</param>
    public static ITransactionalSink<T> Write<T>(NpgsqlDataSource dataSource, string table, PostgresSinkOptions? options = null) =>
        Write<T>(dataSource, table, static columns => MemberColumns<T>.AddTo(columns, [], Example), options);
#pragma warning restore RS0026

    /// <summary>A sink that keeps one row for each key: the last record that came with it.</summary>
    /// <remarks>
    /// <para>Rows go into the table as they come, a batch at a time, in one transaction each
    /// (<c>INSERT … ON CONFLICT (key) DO UPDATE</c>): readers see them soon, and before their checkpoint. After a failure the records since
    /// the newest checkpoint come again and are put in again, so that the table ends up right: older values may show for a moment. Of
    /// several records of a batch with one key, the last counts. Needs a unique constraint on the key, and nothing of two-phase
    /// commit.</para>
    /// <para>Records of one key must come by one subtask, or which of them is the last hangs on chance: keep the sink behind the window
    /// or the <c>KeyBy</c> that has the same key.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connectionString">Of Npgsql. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write: those of the key by <c>Key</c>, the others by <c>Column</c>.</param>
    /// <returns>The sink.</returns>
    public static IIdempotentSink<T> Upsert<T>(string connectionString, string table, Action<PostgresColumns<T>> columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return Upsert(new PostgresServer(connectionString), table, columns);
    }

    /// <summary>A sink that keeps one row for each key, over connections of your own.</summary>
    /// <inheritdoc cref="Upsert{T}(string, string, Action{PostgresColumns{T}})"/>
    /// <param name="dataSource">Where connections come from: each subtask holds one. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write.</param>
    public static IIdempotentSink<T> Upsert<T>(NpgsqlDataSource dataSource, string table, Action<PostgresColumns<T>> columns)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Upsert(new PostgresServer(dataSource), table, columns);
    }

    /// <summary>A sink that keeps one row for each key, and takes it out when its value has ended.</summary>
    /// <remarks>As <c>Upsert</c>. A change with a new value puts that in; one that has none takes the row of the old value out. If the key
    /// itself has changed, the old row goes and the new one comes, in one transaction.</remarks>
    /// <typeparam name="T">The values of the changes.</typeparam>
    /// <param name="connectionString">Of Npgsql. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write: those of the key by <c>Key</c>, the others by <c>Column</c>.</param>
    /// <returns>The sink.</returns>
    public static IIdempotentSink<Change<T>> UpsertChanges<T>(string connectionString, string table, Action<PostgresColumns<T>> columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return UpsertChanges(new PostgresServer(connectionString), table, columns);
    }

    /// <summary>A sink that keeps one row for each key and takes it out when its value has ended, over connections of your own.</summary>
    /// <inheritdoc cref="UpsertChanges{T}(string, string, Action{PostgresColumns{T}})"/>
    /// <param name="dataSource">Where connections come from: each subtask holds one. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write.</param>
    public static IIdempotentSink<Change<T>> UpsertChanges<T>(
        NpgsqlDataSource dataSource, string table, Action<PostgresColumns<T>> columns)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return UpsertChanges(new PostgresServer(dataSource), table, columns);
    }

    /// <summary>A sink that keeps one row for each key, with a column for each public member.</summary>
    /// <inheritdoc cref="Upsert{T}(string, string, Action{PostgresColumns{T}})"/>
    /// <param name="connectionString">Of Npgsql. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="key">The columns of the key, by their names in the table.</param>
    public static IIdempotentSink<T> Upsert<T>(string connectionString, string table, IReadOnlyCollection<string> key) =>
        Upsert<T>(connectionString, table, columns => MemberColumns<T>.AddTo(columns, key, Example));

    /// <summary>A sink that keeps one row for each key, with a column for each public member, over connections of your own.</summary>
    /// <inheritdoc cref="Upsert{T}(string, string, Action{PostgresColumns{T}})"/>
    /// <param name="dataSource">Where connections come from: each subtask holds one. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="key">The columns of the key, by their names in the table.</param>
    public static IIdempotentSink<T> Upsert<T>(NpgsqlDataSource dataSource, string table, IReadOnlyCollection<string> key) =>
        Upsert<T>(dataSource, table, columns => MemberColumns<T>.AddTo(columns, key, Example));

    /// <summary>A sink that keeps one row for each key and takes it out when its value has ended, with a column for each public
    /// member.</summary>
    /// <inheritdoc cref="UpsertChanges{T}(string, string, Action{PostgresColumns{T}})"/>
    /// <param name="connectionString">Of Npgsql. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="key">The columns of the key, by their names in the table.</param>
    public static IIdempotentSink<Change<T>> UpsertChanges<T>(
        string connectionString, string table, IReadOnlyCollection<string> key) =>
        UpsertChanges<T>(connectionString, table, columns => MemberColumns<T>.AddTo(columns, key, Example));

    /// <summary>A sink that keeps one row for each key and takes it out when its value has ended, with a column for each public member,
    /// over connections of your own.</summary>
    /// <inheritdoc cref="UpsertChanges{T}(string, string, Action{PostgresColumns{T}})"/>
    /// <param name="dataSource">Where connections come from: each subtask holds one. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="key">The columns of the key, by their names in the table.</param>
    public static IIdempotentSink<Change<T>> UpsertChanges<T>(
        NpgsqlDataSource dataSource, string table, IReadOnlyCollection<string> key) =>
        UpsertChanges<T>(dataSource, table, columns => MemberColumns<T>.AddTo(columns, key, Example));

#pragma warning disable RS0026 // The overloads differ in what is required: no call can mean two of them, and options come last in both.
    /// <summary>A source that reads the rows of a table in the order of a column that only grows, and again from any place.</summary>
    /// <remarks>
    /// <para>For tables that rows are added to: what is changed or deleted behind the cursor is not seen. The cursor is a whole number that
    /// is unique, and that each row takes as it is inserted: <c>GENERATED ALWAYS AS IDENTITY</c>, or the default of a sequence with
    /// <c>CACHE 1</c>. A checkpoint holds the cursor of the last row.</para>
    /// <para>A row that is committed late, below a cursor that others have been read by, is not missed: a row is read when every
    /// transaction has ended that held the table's lock as the row was first seen, so that none below it can appear any more. Nobody is
    /// locked out. A transaction that stays open after it has written to the table holds reading back.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connectionString">Of Npgsql. Without multiplexing.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="cursor">The column, just as the table has it.</param>
    /// <param name="read">Makes a record of a row, whose columns are those of <see cref="PostgresReadOptions.Columns"/>. Called on the work
    /// pool.</param>
    /// <param name="options">How to read; null for <c>new PostgresReadOptions()</c>.</param>
    /// <returns>The source.</returns>
    public static ISource<T> Read<T>(
        string connectionString, string table, string cursor, Func<NpgsqlDataReader, T> read, PostgresReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return Read(new PostgresServer(connectionString), table, cursor, read, options);
    }

    /// <summary>A source that reads the rows of a table in the order of a column that only grows, over connections of your own.</summary>
    /// <inheritdoc cref="Read{T}(string, string, string, Func{NpgsqlDataReader, T}, PostgresReadOptions)"/>
    /// <param name="dataSource">Where connections come from. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="cursor">The column, just as the table has it.</param>
    /// <param name="read">Makes a record of a row.</param>
    /// <param name="options">How to read; null for <c>new PostgresReadOptions()</c>.</param>
    public static ISource<T> Read<T>(
        NpgsqlDataSource dataSource, string table, string cursor, Func<NpgsqlDataReader, T> read, PostgresReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Read(new PostgresServer(dataSource), table, cursor, read, options);
    }
#pragma warning restore RS0026

    private static CursorSource<T> Read<T>(
        PostgresServer server, string table, string cursor, Func<NpgsqlDataReader, T> read, PostgresReadOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentException.ThrowIfNullOrWhiteSpace(cursor);
        ArgumentNullException.ThrowIfNull(read);
        var checkedOptions = options ?? new PostgresReadOptions();
        checkedOptions.Check();
        return new CursorSource<T>(server, new TableCursor(table, cursor), read, checkedOptions);
    }

    private static UpsertSink<T, T> Upsert<T>(PostgresServer server, string table, Action<PostgresColumns<T>> columns) =>
        new(server, table, columns, RowBuffer.Put, mayDelete: false);

    private static UpsertSink<Change<T>, T> UpsertChanges<T>(PostgresServer server, string table, Action<PostgresColumns<T>> columns) =>
        new(server, table, columns, RowBuffer.Apply, mayDelete: true);
}
