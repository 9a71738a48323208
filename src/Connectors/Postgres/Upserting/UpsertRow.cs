using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Weir.PostgreSql.Columns;

namespace Weir.PostgreSql.Upserting;

/// <summary>A row on its way: to be put in, or to be taken out.</summary>
/// <param name="Number">Which one of its batch: of several with one key, the last counts.</param>
/// <param name="IsGone">Whether it is to be taken out.</param>
/// <param name="Record">The record.</param>
internal readonly record struct UpsertRow<T>(int Number, bool IsGone, T Record)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Record is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : Record?.ToString()) ?? "null";
}

/// <summary>The number of a row.</summary>
internal sealed class NumberColumn<T> : BoundColumn<UpsertRow<T>>
{
    public override string Name => UpsertText.Number;

    public override Task WriteAsync(NpgsqlBinaryImporter rows, UpsertRow<T> record, CancellationToken cancellation) =>
        rows.WriteAsync(record.Number, NpgsqlDbType.Integer, cancellation);
}

/// <summary>Whether a row is to be taken out.</summary>
internal sealed class GoneColumn<T> : BoundColumn<UpsertRow<T>>
{
    public override string Name => UpsertText.Gone;

    public override Task WriteAsync(NpgsqlBinaryImporter rows, UpsertRow<T> record, CancellationToken cancellation) =>
        rows.WriteAsync(record.IsGone, NpgsqlDbType.Boolean, cancellation);
}

/// <summary>A column of the table.</summary>
internal sealed class RecordColumn<T>(BoundColumn<T> column) : BoundColumn<UpsertRow<T>>
{
    public override string Name => column.Name;

    public override Task WriteAsync(NpgsqlBinaryImporter rows, UpsertRow<T> record, CancellationToken cancellation) =>
        column.WriteAsync(rows, record.Record, cancellation);
}
