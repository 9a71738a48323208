namespace Weir.Runtime.Files.Csv;

/// <summary>
/// Reads and writes <typeparamref name="T"/> as a row of CSV. The generator writes one for each type that a CSV source or sink names.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class CsvFormat<T>
{
    /// <summary>
    /// Gets the columns in order of the type's members. A header's names match whatever their case, <c>_</c>, <c>-</c> and spaces.
    /// </summary>
    public abstract IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>Makes a record of a row. Fields are asked for by the position of their column in <see cref="Columns"/>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">A field does not hold what the member needs; the message names the column and the
    /// text.</exception>
    public abstract T Read(ref CsvRow row);

    /// <summary>Writes a record as a row, without the line's end.</summary>
    /// <param name="writer">Where to; one call a column, in order.</param>
    /// <param name="value">The record.</param>
    public abstract void Write(ref CsvRowWriter writer, in T value);
}
