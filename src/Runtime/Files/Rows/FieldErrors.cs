namespace Weir.Runtime.Files.Rows;

/// <summary>The reasons why a row of CSV has no fields, each as the end of a sentence about the row.</summary>
/// <remarks>Where a crash has left zeros in a file, they are the reason, whatever else they look like.</remarks>
internal static class FieldErrors
{
    public const string BlankBeforeQuote =
        "a blank stands before the quote of a field: remove it, or set TrimBlanks in the options of the source";

    public const string Zeros = "it holds NUL bytes (shown as \\0): the file was cut off by a crash, or is no text";

    /// <summary>A quoted field does not end.</summary>
    public static string Open(ReadOnlySpan<byte> row, string where) => HasZeros(row) ? Zeros : $"a quoted field does not end {where}";

    /// <summary>Something stands behind the closing quote.</summary>
    public static string Behind(ReadOnlySpan<byte> row, FieldScan field) => HasZeros(row) ? Zeros
        : field.End + 1 < row.Length && field.IsBlank(row[field.End + 1])
            ? "a blank follows the closing quote of a field: remove it, or set TrimBlanks in the options of the source"
            : "text follows the closing quote of a field; quotes within a quoted field are written twice";

    /// <summary>A byte stands outside quotes that no field can hold there.</summary>
    public static string Odd(ReadOnlySpan<byte> row) =>
        HasZeros(row) ? Zeros : "a carriage return stands outside quotes: lines end with LF or CR LF";

    public static string TooMany(ReadOnlySpan<byte> row, int wanted) =>
        HasZeros(row) ? Zeros : $"it has more than {Counted.Of(wanted, "field")}";

    public static string TooFew(ReadOnlySpan<byte> row, int found, int wanted) =>
        HasZeros(row) ? Zeros : $"it has {Counted.Of(found, "field")} instead of {wanted}";

    private static bool HasZeros(ReadOnlySpan<byte> row) => row.Contains((byte)0);
}
