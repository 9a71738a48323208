namespace Weir.PostgreSql.Columns;

/// <summary>Says before the first row whether values of a type of .NET go into a column of a type of PostgreSQL.</summary>
/// <remarks>
/// What the driver does, for the types that both sides have by themselves; the tests compare with the driver. We refuse more where it would
/// be silent: a fraction goes into no column of whole numbers, and a plain number into no time. Types that a user or an
/// extension has added are not judged: the first row shows.
/// </remarks>
internal static class TypeFit
{
    private static readonly string[] Whole = ["int2", "int4", "int8", "numeric"];
    private static readonly string[] Real = ["float4", "float8", "numeric"];
    private static readonly string[] Text = ["text", "varchar", "bpchar", "name", "citext", "json", "jsonb", "xml"];

    private static readonly HashSet<string> Known =
    [
        "bool", "int2", "int4", "int8", "numeric", "float4", "float8", "money", "text", "varchar", "bpchar", "name", "citext", "json",
        "jsonb", "xml", "uuid", "bytea", "date", "time", "timetz", "timestamp", "timestamptz", "interval",
    ];

    private static readonly Dictionary<Type, string[]> Fits = new()
    {
        [typeof(bool)] = ["bool"],
        [typeof(byte)] = Whole,
        [typeof(sbyte)] = ["int2", "int4", "int8"],
        [typeof(short)] = Whole,
        [typeof(int)] = Whole,
        [typeof(long)] = Whole,
        [typeof(float)] = Real,
        [typeof(double)] = Real,
        [typeof(decimal)] = ["numeric", "money"],
        [typeof(string)] = Text,
        [typeof(char)] = Text,
        [typeof(Guid)] = ["uuid"],
        [typeof(DateTime)] = ["timestamp", "timestamptz", "date"],
        [typeof(DateTimeOffset)] = ["timestamptz", "timetz"],
        [typeof(DateOnly)] = ["date"],
        [typeof(TimeOnly)] = ["time"],
        [typeof(TimeSpan)] = ["interval", "time"],
    };

    // No column of these types takes them, so that a cast is needed.
    private static readonly Dictionary<Type, string> Casts = new()
    {
        [typeof(ushort)] = "int",
        [typeof(uint)] = "long",
        [typeof(ulong)] = "decimal",
    };

    /// <summary>Why values do not fit, as the end of a sentence; null if they do, or if nobody knows.</summary>
    /// <param name="values">Their type; may be a <see cref="Nullable{T}"/>.</param>
    /// <param name="type">The type of the column by its own name: <c>timestamptz</c>.</param>
    public static string? Refusal(Type values, string type)
    {
        var bare = Nullable.GetUnderlyingType(values) ?? values;
        if (!Known.Contains(type))
        {
            return null;
        }

        if (Casts.TryGetValue(bare, out var cast))
        {
            return $"takes no {bare.Name}: cast it to {cast}";
        }

        if (bare.IsEnum)
        {
            return Text.Contains(type) || Whole.Contains(type)
                ? null
                : $"takes no {bare.Name}: its name goes into text, its number into int4";
        }

        return Fits.TryGetValue(bare, out var fits) && !fits.Contains(type)
            ? $"takes no {bare.Name}: it goes into {string.Join(", ", fits.Where(fit => fit is not ("name" or "citext")))}"
            : null;
    }
}
