using NpgsqlTypes;

namespace Weir.PostgreSql.Columns;

/// <summary>The types that the driver has a number for: it finds them faster by that than by their names, for each value.</summary>
internal static class PlainTypes
{
    /// <summary>The driver's number of a type; null for all others.</summary>
    /// <param name="type">The type by its own name: <c>timestamptz</c>.</param>
    public static NpgsqlDbType? Find(string type) => type switch
    {
        "bool" => NpgsqlDbType.Boolean,
        "int2" => NpgsqlDbType.Smallint,
        "int4" => NpgsqlDbType.Integer,
        "int8" => NpgsqlDbType.Bigint,
        "numeric" => NpgsqlDbType.Numeric,
        "float4" => NpgsqlDbType.Real,
        "float8" => NpgsqlDbType.Double,
        "text" => NpgsqlDbType.Text,
        "varchar" => NpgsqlDbType.Varchar,
        "bpchar" => NpgsqlDbType.Char,
        "json" => NpgsqlDbType.Json,
        "jsonb" => NpgsqlDbType.Jsonb,
        "uuid" => NpgsqlDbType.Uuid,
        "bytea" => NpgsqlDbType.Bytea,
        "date" => NpgsqlDbType.Date,
        "time" => NpgsqlDbType.Time,
        "timestamp" => NpgsqlDbType.Timestamp,
        "timestamptz" => NpgsqlDbType.TimestampTz,
        "interval" => NpgsqlDbType.Interval,
        _ => null,
    };
}
