using System.Globalization;
using Npgsql;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Writing;

/// <summary>Says which row was refused, as well as the server and the driver let us know.</summary>
internal static class RowFailure
{
    private const int LongestRecord = 200;
    private const string Line = ", line ";

    /// <summary>What the server refused.</summary>
    /// <param name="refused">What it said.</param>
    /// <param name="rows">The rows of this piece.</param>
    /// <param name="before">How many rows of the transaction were sent before.</param>
    /// <param name="target">The table and where it is.</param>
    public static SinkException Refused<T>(PostgresException refused, IReadOnlyList<T> rows, long before, string target)
    {
        var number = LineOf(refused.Where);
        var which = number is { } one && one <= rows.Count
            ? $"row {Number(before + one)} of the transaction, {TextOf(rows[one - 1])}"
            : $"one of the rows {Number(before + 1)} to {Number(before + rows.Count)} of the transaction";
        var about = refused.ConstraintName is { Length: > 0 } constraint ? $" Constraint: {constraint}."
            : refused.ColumnName is { Length: > 0 } column ? $" Column: {column}." : "";
        return new SinkException(
            $"{target} refused {which}: {Failures.TextOf(refused)}{about} Nothing of the transaction is in the table.", refused);
    }

    /// <summary>What could not be sent.</summary>
    /// <param name="failure">What the driver, or a function of the user's, threw.</param>
    /// <param name="column">The column.</param>
    /// <param name="record">The record.</param>
    /// <param name="number">Which row of the transaction it is, from 1.</param>
    /// <param name="target">The table and where it is.</param>
    public static SinkException Unsendable<T>(Exception failure, string column, T record, long number, string target) => new(
        $"The value for column '{column}' of {target} cannot be sent, in row {Number(number)} of the transaction, {TextOf(record)}: "
            + $"{failure.Message.TrimEnd('.')}. Nothing of the transaction is in the table.",
        failure);

    /// <summary>The number of the row, from 1, where the server says one.</summary>
    private static int? LineOf(string? where)
    {
        var at = where?.IndexOf(Line, StringComparison.Ordinal) ?? -1;
        if (at < 0)
        {
            return null;
        }

        var digits = where.AsSpan(at + Line.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 0
            ? line
            : null;
    }

    private static string TextOf<T>(T record)
    {
        string text;
        try
        {
            text = (record is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : record?.ToString())
                ?? "null";
        }
#pragma warning disable CA1031 // What the server said matters more than what the record says of itself.
        catch (Exception)
#pragma warning restore CA1031
        {
            text = typeof(T).Name;
        }

        return $"'{(text.Length > LongestRecord ? $"{text[..LongestRecord]}…" : text)}'";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
