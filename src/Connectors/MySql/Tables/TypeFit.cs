namespace Weir.MySqlServers.Tables;

/// <summary>Says before the first row whether values of a type of .NET go into a column of a type of the server.</summary>
/// <remarks>
/// The server converts nearly everything into everything, and cuts in silence what does not fit: a fraction in a column of whole numbers, a
/// time in a date. We refuse where that could happen. Types that are not listed are not judged: the first row shows.
/// </remarks>
internal static class TypeFit
{
    private static readonly string[] Whole = ["tinyint", "smallint", "mediumint", "int", "bigint", "decimal"];
    private static readonly string[] Text =
        ["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json", "uuid", "inet4", "inet6", "xmltype"];

    private static readonly HashSet<string> Known =
    [
        .. Whole, .. Text, "float", "double", "bit", "date", "time", "datetime", "timestamp", "year", "binary", "varbinary", "tinyblob",
        "blob", "mediumblob", "longblob",
    ];

    private static readonly Dictionary<Type, string[]> Fits = new()
    {
        [typeof(bool)] = [.. Whole, "bit"],
        [typeof(byte)] = [.. Whole, "bit", "year"],
        [typeof(sbyte)] = Whole,
        [typeof(short)] = [.. Whole, "year"],
        [typeof(ushort)] = [.. Whole, "year"],
        [typeof(int)] = [.. Whole, "year"],
        [typeof(uint)] = Whole,
        [typeof(long)] = Whole,
        [typeof(ulong)] = [.. Whole, "bit"],
        [typeof(float)] = ["float", "double", "decimal"],
        [typeof(double)] = ["double", "float", "decimal"],
        [typeof(decimal)] = ["decimal"],
        [typeof(string)] = Text,
        [typeof(char)] = Text,
        [typeof(Guid)] = ["uuid", "char", "varchar", "binary"],
        [typeof(DateTime)] = ["datetime", "timestamp"],
        [typeof(DateTimeOffset)] = ["datetime", "timestamp"],
        [typeof(DateOnly)] = ["date"],
        [typeof(TimeOnly)] = ["time"],
        [typeof(TimeSpan)] = ["time"],
        [typeof(byte[])] = ["binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"],
    };

    /// <summary>Why values do not fit, as the end of a sentence; null if they do, or if nobody knows.</summary>
    /// <param name="values">Their type; no <see cref="Nullable{T}"/>.</param>
    /// <param name="type">The type of the column alone: <c>decimal</c>.</param>
    public static string? Refusal(Type values, string type)
    {
        if (!Known.Contains(type))
        {
            return null;
        }

        if (values.IsEnum)
        {
            return Text.Contains(type) || Whole.Contains(type)
                ? null
                : $"takes no {values.Name}: its name goes into varchar, its number into int";
        }

        return Fits.TryGetValue(values, out var fits)
            ? fits.Contains(type) ? null : $"takes no {values.Name}: it goes into {string.Join(", ", fits)}"
            : $"takes no {values.Name}: the driver cannot send it. Make a text or bytes of it";
    }
}
