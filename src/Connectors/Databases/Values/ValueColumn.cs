using System.Globalization;

namespace Weir.Databases.Values;

/// <summary>One column of the rows that a sink writes, whose values the driver takes as parameters.</summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class ValueColumn<T>
{
    /// <summary>Gets the column's name, as the table has it.</summary>
    public abstract string Name { get; }

    /// <summary>Gets a value indicating whether it is part of the key.</summary>
    public abstract bool IsKey { get; }

    /// <summary>Gets the type of its values; never a <see cref="Nullable{T}"/>.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Makes what reads values of a record as the driver takes them: <see cref="DBNull"/> for null.</summary>
    /// <param name="isText">Whether the column is a text, so that an enum goes there by its name, and else by its number.</param>
    public abstract BoundValue<T> Bind(bool isText);
}

/// <summary>A column of a table that is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">Its value in a record; <see cref="DBNull"/> for null.</param>
internal sealed record BoundValue<T>(string Name, Func<T, object> Of);

/// <summary>A column whose values a function takes out of a record.</summary>
internal sealed class ValueColumn<T, TValue>(string name, Func<T, TValue> value, bool isKey) : ValueColumn<T>
{
    public override string Name => name;

    public override bool IsKey => isKey;

    public override Type ValueType => Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);

    public override BoundValue<T> Bind(bool isText) => new(name, (ValueType.IsEnum, isText) switch
    {
        (true, true) => record => value(record)?.ToString() ?? (object)DBNull.Value,
        (true, false) => record => value(record) is IConvertible number
            ? number.ToInt64(CultureInfo.InvariantCulture)
            : DBNull.Value,
        _ => record => Checked(value(record)),
    });

    // A local time is another one where another process reads it: which one was meant, nobody knows.
    private static object Checked(TValue value) => value switch
    {
        DateTime { Kind: DateTimeKind.Local } => throw new ArgumentException(
            "a time of Kind=Local means something else on another machine: convert it by ToUniversalTime()"),
        DateTimeOffset at => at.UtcDateTime,
        char one => one.ToString(),
        null => DBNull.Value,
        _ => value,
    };
}
