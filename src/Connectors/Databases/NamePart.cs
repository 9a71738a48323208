using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Weir.Databases;

/// <summary>The parts that names of transactions and of sessions are made of.</summary>
internal static class NamePart
{
    private const int HashDigits = 16;

    /// <summary>
    /// A job or an operator: letters, digits, dots, underscores and hyphens, the rest as %hh. One that is too long is cut, and a hash of
    /// the whole stands behind it.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="longest">The most characters of it: more than 17.</param>
    public static string Of(string name, int longest)
    {
        var escaped = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            _ = char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'.' or (byte)'_' or (byte)'-'
                ? escaped.Append((char)unit)
                : escaped.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        if (escaped.Length <= longest)
        {
            return escaped.ToString();
        }

        escaped.Length = longest - HashDigits - 1;
        return escaped.Append(CultureInfo.InvariantCulture, $"~{Hash(name):x16}").ToString();
    }

    /// <summary>The hash of a text: the same in every process.</summary>
    public static ulong Hash(string text) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));

    /// <summary>The text behind a label; null if it does not begin with that.</summary>
    public static string? Behind(string label, string part) =>
        part.StartsWith(label, StringComparison.Ordinal) ? part[label.Length..] : null;

    /// <summary>Reads the number behind a label.</summary>
    public static bool TryNumber(string label, string part, out long number)
    {
        number = 0;
        return Behind(label, part) is { } digits
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
