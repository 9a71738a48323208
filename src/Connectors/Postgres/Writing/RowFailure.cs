using System.Globalization;
using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Writing;

/// <summary>Says which row was refused, as well as the server and the driver let us know.</summary>
internal static class RowFailure
{
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
            ? $"row {RecordText.Number(before + one)} of the transaction, {RecordText.Of(rows[one - 1])}"
            : $"one of the rows {RecordText.Number(before + 1)} to {RecordText.Number(before + rows.Count)} of the transaction";
        var about = refused.ConstraintName is { Length: > 0 } constraint ? $" Constraint: {constraint}."
            : refused.ColumnName is { Length: > 0 } column ? $" Column: {column}." : "";
        return new SinkException(
            $"{target} refused {which}: {Failures.TextOf(refused)}{about} Nothing of the transaction is in the table.", refused);
    }

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
}
