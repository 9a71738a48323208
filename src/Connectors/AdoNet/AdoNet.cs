using System.Data.Common;
using Weir.Ado.Rows;
using Weir.Ado.Server;
using Weir.Ado.Writing;
using Weir.Databases.Values;

namespace Weir;

/// <summary>Every database that has a provider for ADO.NET, as a sink.</summary>
public static class AdoNet
{
#pragma warning disable RS0026 // The overloads differ in what is required: no call can mean two of them, and options come last in all.
    /// <summary>A sink that inserts a row for each record, exactly once, by plain transactions.</summary>
    /// <remarks>
    /// <para>The database need not be able to prepare transactions. The rows between two checkpoints are kept, become part of the
    /// checkpoint, and are inserted when it exists: in one transaction, together with a row in the table <c>weir_markers</c> that says so.
    /// What that table shows as done is not done again. Readers see the rows of a checkpoint at once, and each of them once, whatever
    /// fails.</para>
    /// <para>Rows are kept in memory until then, and written with the checkpoint: for streams of results rather than for masses of rows.
    /// See
    /// <see cref="AdoNetSinkOptions.MaxBytesPerCheckpoint"/>. Where the database can prepare transactions, the sinks of the packages
    /// Weir.Postgres and Weir.MySql carry more.</para>
    /// <para>A row that the table refuses is refused when its checkpoint exists already: the job fails for good, the message names the row,
    /// and the next start tries the same again. Mend the table first.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="dataSource">Where connections come from: <c>SqliteFactory.Instance.CreateDataSource("Data Source=shop.db")</c>. Not
    /// disposed. The database must keep the job's table and <c>weir_markers</c> in the same transaction.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="columns">The columns to write; the table's others get their defaults.</param>
    /// <param name="options">How to write; null for <c>new AdoNetSinkOptions()</c>.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> Write<T>(
        DbDataSource dataSource, string table, Action<AdoNetColumns<T>> columns, AdoNetSinkOptions? options = null) =>
        Write(dataSource, table, AdoNetColumns<T>.Of(columns), options);

    /// <summary>A sink that inserts a row for each record, exactly once, with a column for each public member.</summary>
    /// <inheritdoc cref="Write{T}(DbDataSource, string, Action{AdoNetColumns{T}}, AdoNetSinkOptions)"/>
    /// <remarks>A member's column is named as <c>[Column]</c> says, else by the member in snake_case: <c>OrderId</c> goes to
    /// <c>order_id</c>. The generator writes what reads the members, of the type that is named at the call.</remarks>
    /// <param name="dataSource">Where connections come from. Not disposed.</param>
    /// <param name="table">The table, as SQL names it.</param>
    /// <param name="options">How to write; null for <c>new AdoNetSinkOptions()</c>.</param>
    public static ITransactionalSink<T> Write<T>(DbDataSource dataSource, string table, AdoNetSinkOptions? options = null) =>
        Write(dataSource, table, AdoNetColumns<T>.OfMembers(), options);
#pragma warning restore RS0026

    private static MarkerSink<T> Write<T>(DbDataSource dataSource, string table, ColumnSet<T> columns, AdoNetSinkOptions? options)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        var checkedOptions = options ?? new AdoNetSinkOptions();
        checkedOptions.Check();
        foreach (var column in columns.NotEmpty())
        {
            if (!StoredValue.Stores(column.ValueType))
            {
                throw new ArgumentException(
                    $"The column '{column.Name}' has values of {column.ValueType}, which cannot be kept in a checkpoint: make a text, a "
                        + "number or "
                        + "bytes of them.",
                    nameof(columns));
            }
        }

        return new MarkerSink<T>(new AdoServer(dataSource, checkedOptions), table, columns.All, checkedOptions);
    }
}
