using System.Globalization;

namespace Weir.Databases;

/// <summary>How messages name a record, its place and what is wrong with it.</summary>
internal static class RecordText
{
    private const int Longest = 200;

    /// <summary>The record in quotes, cut where it is long.</summary>
    public static string Of<T>(T record)
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

        return $"'{(text.Length > Longest ? $"{text[..Longest]}…" : text)}'";
    }

    /// <summary>A number as people read it.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A value that could not be sent.</summary>
    /// <param name="failure">What the driver, or a function of the user's, threw.</param>
    /// <param name="column">The column.</param>
    /// <param name="record">The record.</param>
    /// <param name="number">Which row of the transaction it is, from 1.</param>
    /// <param name="target">The table and where it is.</param>
    public static SinkException Unsendable<T>(Exception failure, string column, T record, long number, string target) => new(
        $"The value for column '{column}' of {target} cannot be sent, in row {Number(number)} of the transaction, {Of(record)}: "
            + $"{failure.Message.TrimEnd('.')}. Nothing of the transaction is in the table.",
        failure);
}
