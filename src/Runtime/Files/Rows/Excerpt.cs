using System.Globalization;
using System.Text;

namespace Weir.Runtime.Files.Rows;

/// <summary>
/// Shows a part of a file in a message: short, on one line, and without a byte that a terminal or a log could stumble over.
/// </summary>
internal static class Excerpt
{
    /// <summary>The most characters of a value in a message.</summary>
    public const int ValueSize = 40;

    /// <summary>The most characters of a line in a message.</summary>
    public const int LineSize = 80;

    /// <summary>The most characters of a list of names in a message.</summary>
    public const int NamesSize = 100;

    /// <summary>The beginning of a text. Bytes that are not UTF-8 and characters that do not print are escaped.</summary>
    /// <param name="text">The text, meant to be UTF-8.</param>
    /// <param name="most">How many characters of it; a note of the size comes on top.</param>
    public static string Of(ReadOnlySpan<byte> text, int most = ValueSize)
    {
        var shown = new StringBuilder();
        for (var rest = text; !rest.IsEmpty;)
        {
            var isText = Rune.DecodeFromUtf8(rest, out var rune, out var size) == System.Buffers.OperationStatus.Done;
            var before = shown.Length;
            if (!isText)
            {
                size = 1;
                shown.Append(CultureInfo.InvariantCulture, $"\\x{rest[0]:X2}");
            }
            else
            {
                Append(shown, rune);
            }

            if (shown.Length > most)
            {
                shown.Length = before;
                return string.Create(CultureInfo.InvariantCulture, $"{shown}… ({text.Length} bytes)");
            }

            rest = rest[size..];
        }

        return shown.ToString();
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, int)"/>
    public static string Of(string text, int most = ValueSize) =>
        Of(Encoding.UTF8.GetBytes(text.Length > most ? text[..(most + 1)] : text), most) is var shown && text.Length > most + 1
            ? string.Create(CultureInfo.InvariantCulture, $"{shown[..shown.LastIndexOf('…')]}… ({text.Length} characters)")
            : shown;

    /// <summary>Names in a row, as many as fit.</summary>
    public static string Of(IEnumerable<string> names)
    {
        var shown = new StringBuilder();
        var left = 0;
        foreach (var name in names)
        {
            if (shown.Length + name.Length > NamesSize && shown.Length > 0)
            {
                left++;
                continue;
            }

            shown.Append(shown.Length > 0 ? ", " : "").Append(Of(name, NamesSize));
        }

        return left == 0 ? shown.ToString() : string.Create(CultureInfo.InvariantCulture, $"{shown}, … ({left} more)");
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        _ = rune.Value switch
        {
            '\0' => shown.Append("\\0"),
            '\t' => shown.Append("\\t"),
            '\n' => shown.Append("\\n"),
            '\r' => shown.Append("\\r"),
            '\uFFFD' => shown.Append("\\u{FFFD}"),
            _ => Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned =>
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}"),
                _ => shown.Append(rune),
            },
        };
    }
}
