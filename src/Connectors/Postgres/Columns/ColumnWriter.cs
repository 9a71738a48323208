using Npgsql;
using NpgsqlTypes;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Columns;

/// <summary>One column of the rows that a sink writes.</summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class ColumnWriter<T>
{
    /// <summary>Gets the column's name, as the catalog has it.</summary>
    public abstract string Name { get; }

    /// <summary>Gets a value indicating whether it is part of the key.</summary>
    public abstract bool IsKey { get; }

    /// <summary>Gets the type of its values.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Gets a value indicating whether the user has said by which type of PostgreSQL it is sent.</summary>
    public abstract bool HasOwnType { get; }

    /// <summary>Makes the writer of a table's column.</summary>
    /// <param name="column">The column.</param>
    public abstract BoundColumn<T> Bind(ColumnFacts column);
}

/// <summary>A column of a table that is there.</summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class BoundColumn<T>
{
    /// <summary>Gets the column's name.</summary>
    public abstract string Name { get; }

    /// <summary>Sends the value of a record as the next of a row.</summary>
    public abstract Task WriteAsync(NpgsqlBinaryImporter rows, T record, CancellationToken cancellation);
}

/// <summary>A column whose values a function takes out of a record.</summary>
internal sealed class ColumnWriter<T, TValue>(string name, Func<T, TValue> value, NpgsqlDbType? type, bool isKey) : ColumnWriter<T>
{
    public override string Name => name;

    public override bool IsKey => isKey;

    public override Type ValueType => typeof(TValue);

    public override bool HasOwnType => type is not null;

    // A text goes into an enum as a text does: the bytes are the same.
    public override BoundColumn<T> Bind(ColumnFacts column) =>
        type is { } own ? new OfOwnType(name, value, own)
        : (Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue)).IsEnum && EnumColumn.Of(name, value, column) is { } asText ? asText
        : column.IsEnum && typeof(TValue) == typeof(string) ? new OfOwnType(name, value, NpgsqlDbType.Text)
        : PlainTypes.Find(column.InternalType) is { } plain ? new OfOwnType(name, value, plain)
        : new OfTableType(name, value, column.Type);

    private sealed class OfOwnType(string name, Func<T, TValue> value, NpgsqlDbType type) : BoundColumn<T>
    {
        public override string Name => name;

        public override Task WriteAsync(NpgsqlBinaryImporter rows, T record, CancellationToken cancellation) =>
            value(record) is { } present ? rows.WriteAsync(present, type, cancellation) : rows.WriteNullAsync(cancellation);
    }

    private sealed class OfTableType(string name, Func<T, TValue> value, string type) : BoundColumn<T>
    {
        public override string Name => name;

        public override Task WriteAsync(NpgsqlBinaryImporter rows, T record, CancellationToken cancellation) =>
            value(record) is { } present ? rows.WriteAsync(present, type, cancellation) : rows.WriteNullAsync(cancellation);
    }
}
