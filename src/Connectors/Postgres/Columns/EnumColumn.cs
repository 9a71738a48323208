using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Columns;

/// <summary>An enum in a column that is none: by its name in a text, by its number in a whole number.</summary>
internal static class EnumColumn
{
    /// <summary>Makes the column; null if the driver knows what to do: a mapped enum in an enum.</summary>
    public static BoundColumn<T>? Of<T, TValue>(string name, Func<T, TValue> value, ColumnFacts column) => column.InternalType switch
    {
        "text" or "varchar" or "bpchar" or "citext" or "name" => new AsName<T, TValue>(name, value),
        "int2" or "int4" or "int8" or "numeric" => new AsNumber<T, TValue>(name, value, column.Type),
        _ => null,
    };

    private sealed class AsName<T, TValue>(string name, Func<T, TValue> value) : BoundColumn<T>
    {
        public override string Name => name;

        public override Task WriteAsync(NpgsqlBinaryImporter rows, T record, CancellationToken cancellation) =>
            value(record)?.ToString() is { } text
                ? rows.WriteAsync(text, NpgsqlDbType.Text, cancellation)
                : rows.WriteNullAsync(cancellation);
    }

    private sealed class AsNumber<T, TValue>(string name, Func<T, TValue> value, string type) : BoundColumn<T>
    {
        public override string Name => name;

        public override Task WriteAsync(NpgsqlBinaryImporter rows, T record, CancellationToken cancellation) =>
            value(record) is IConvertible number
                ? rows.WriteAsync(number.ToInt64(CultureInfo.InvariantCulture), type, cancellation)
                : rows.WriteNullAsync(cancellation);
    }
}
