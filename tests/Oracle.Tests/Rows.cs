using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Oracle.Tests;

/// <summary>Rows of results as text: the same text for the same values, whichever engine they come from.</summary>
internal static class Rows
{
    private const int Shown = 8;

    public static string Text(IEnumerable<object?> cells) => string.Join(" | ", cells.Select(Text));

    /// <summary>The members of a record, in their order.</summary>
    public static string Of<T>(T record) => Text(typeof(T).GetProperties().Select(member => member.GetValue(record)));

    /// <summary>Rows in ordinal order; the order in which they came out means nothing.</summary>
    public static List<string> InOrder(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];

    public static string Digest(List<string> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16];

    /// <summary>Which rows one has and the other has not, each as often as it is missing.</summary>
    public static string Difference(List<string> sql, List<string> weir)
    {
        var onlySql = Without(sql, weir);
        var onlyWeir = Without(weir, sql);
        return $"{sql.Count} rows by SQL (digest {Digest(sql)}), {weir.Count} by Weir (digest {Digest(weir)})\n"
            + $"{onlySql.Count} only by SQL:\n{Few(onlySql)}\n{onlyWeir.Count} only by Weir:\n{Few(onlyWeir)}";
    }

    private static List<string> Without(List<string> rows, List<string> others)
    {
        var left = others.CountBy(row => row).ToDictionary();
        return rows.FindAll(row =>
        {
            var count = left.GetValueOrDefault(row);
            left[row] = count - 1;
            return count <= 0;
        });
    }

    private static string Few(List<string> rows) =>
        string.Join('\n', rows.Take(Shown).Select(row => "  " + row).Append(rows.Count > Shown ? "  …" : "")).TrimEnd();

    private static string Text(object? cell) => cell switch
    {
        null or DBNull => "null",
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A cell of a row is of type {cell.GetType()}, which has no text that both engines agree on."),
    };
}
