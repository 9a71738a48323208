using System.Text.Json;

namespace Weir.Runtime.Rows;

/// <summary>Reads and writes <typeparamref name="T"/> as a row of CSV. The generator writes one for each type that a CSV source or sink names.</summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class CsvFormat<T>
{
    /// <summary>Gets the columns in order of the type's members. A header's names match whatever their case, <c>_</c>, <c>-</c> and spaces.</summary>
    public abstract IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>Makes a record of a row. Fields are asked for by the position of their column in <see cref="Columns"/>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">A field does not hold what the member needs; the message names the column and the text.</exception>
    public abstract T Read(ref CsvRow row);

    /// <summary>Writes a record as a row, without the line's end.</summary>
    /// <param name="writer">Where to; one call a column, in order.</param>
    /// <param name="value">The record.</param>
    public abstract void Write(ref CsvRowWriter writer, in T value);
}

/// <summary>A column of a <see cref="CsvFormat{T}"/>.</summary>
/// <param name="Name">As it is written in a header.</param>
/// <param name="IsRequired">Whether a file without it is refused; an optional column that is missing reads as empty.</param>
public sealed record CsvColumn(string Name, bool IsRequired);

/// <summary>Reads and writes <typeparamref name="T"/> as a JSON object. The generator writes one for each type that a JSON-lines source or sink names.</summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class JsonFormat<T>
{
    /// <summary>Reads one value; the reader stands on its first token, and on its last one afterwards. Unknown properties are skipped.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">A property is missing or holds something else; the message names it.</exception>
    public abstract T Read(ref Utf8JsonReader reader);

    /// <summary>Writes one value; property names in camel case.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The record.</param>
    public abstract void Write(Utf8JsonWriter writer, in T value);
}
