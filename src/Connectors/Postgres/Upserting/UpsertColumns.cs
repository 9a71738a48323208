using Npgsql;
using NpgsqlTypes;
using Weir.Databases;
using Weir.PostgreSql.Columns;

namespace Weir.PostgreSql.Upserting;

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
