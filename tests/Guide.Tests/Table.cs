using System.Globalization;

namespace Weir.Guide.Tests;

/// <summary>Records as a table of text, one column a member.</summary>
internal static class Table
{
    public static string Of<T>(IEnumerable<T> records)
    {
        var members = typeof(T).GetProperties();
        List<string[]> rows = [[.. members.Select(member => member.Name)]];
        rows.AddRange(records.Select(record => members.Select(member => Text(member.GetValue(record))).ToArray()));
        var widths = members.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd()));
    }

    private static string Text(object? cell) => cell switch
    {
        null => "–",
        DateTime time => time.ToString(time.Date == Orders.All[0].At.Date ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture),
        decimal amount => amount.ToString("F2", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{cell}",
    };
}
