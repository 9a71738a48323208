using System.Buffers;
using System.Text;

namespace Weir.Wire;

/// <summary>Texts that are no Unicode, byte for byte as they are: what they lack half of is kept.</summary>
internal static class LoneSurrogates
{
    private const int Size = 3;

    /// <summary>Whether each surrogate has its other half.</summary>
    public static bool AreNotIn(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out _) != OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + 2)..];
        }

        return true;
    }

    /// <summary>The bytes of a text.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length * Size);
        while (!text.IsEmpty)
        {
            var room = bytes.GetSpan(Size + 1);
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) == OperationStatus.Done)
            {
                bytes.Advance(rune.EncodeToUtf8(room));
            }
            else
            {
                room[0] = (byte)(0xE0 | (text[0] >> 12));
                room[1] = (byte)(0x80 | ((text[0] >> 6) & 0x3F));
                room[2] = (byte)(0x80 | (text[0] & 0x3F));
                bytes.Advance(Size);
            }

            text = text[taken..];
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The text of bytes; null if they are of no text at all.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var taken) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                text.Append((char)(((bytes[0] & 0xF) << 12) | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                taken = Size;
            }
            else
            {
                return null;
            }

            bytes = bytes[taken..];
        }

        return text.ToString();
    }
}
