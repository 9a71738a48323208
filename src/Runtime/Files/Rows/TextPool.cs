using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Weir.Runtime.Files.Rows;

/// <summary>Short texts seen lately, so that a column of few values costs no allocation. Forgets by overwriting.</summary>
/// <remarks>One a reader: not safe for concurrent use, which is why nothing here is locked.</remarks>
internal sealed class TextPool
{
    private const int Slots = 1 << SlotBits;
    private const int LongestText = 32;
    private const int SlotBits = 12;
    private string?[] _texts = [];

    /// <summary>The text; null if the bytes are not UTF-8, which must not become question marks in silence.</summary>
    public string? Get(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestText)
        {
            return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
        }

        // A reader that only looks at a header asks for no text, and needs no room for any.
        if (_texts.Length == 0)
        {
            _texts = new string?[Slots];
        }

        // Two places for each text, so that two that fall on the same one do not drive each other out.
        // Ascii.Equals is false for any text outside ASCII: such texts are made anew, which is slower but right.
        var slot = SlotOf(text);
        var first = _texts[slot];
        if (first is not null && Ascii.Equals(text, first))
        {
            return first;
        }

        ref var second = ref _texts[slot ^ 1];
        if (second is not null && Ascii.Equals(text, second))
        {
            return second;
        }

        if (!Utf8.IsValid(text))
        {
            return null;
        }

        second = first;
        return _texts[slot] = Encoding.UTF8.GetString(text);
    }

    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        ulong head = 0;
        if (text.Length >= sizeof(ulong))
        {
            head = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ (BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]) * 31);
        }
        else
        {
            foreach (var b in text)
            {
                head = (head << 8) | b;
            }
        }

        return (int)(((head + (ulong)text.Length) * 0x9E3779B97F4A7C15) >> (64 - SlotBits));
    }
}
