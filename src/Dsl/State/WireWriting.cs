namespace Weir.Wire;

/// <summary>What codecs write beyond what MessagePack's writer offers.</summary>
public static class WireWriting
{
    /// <summary>Writes bytes that may lie on the stack, which the writer's own method does not take.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The bytes; copied.</param>
    public static void WriteBinary(this ref MessagePackWriter writer, scoped ReadOnlySpan<byte> value)
    {
        writer.WriteBinHeader(value.Length);
        value.CopyTo(writer.GetSpan(value.Length));
        writer.Advance(value.Length);
    }

    /// <summary>
    /// Writes a text, also one that is no Unicode: half of a surrogate pair, as a text has that was cut in the middle of a character,
    /// becomes the three bytes that UTF-8 would have for its number (WTF-8).
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The text; null is nil.</param>
    public static void WriteText(this ref MessagePackWriter writer, string? value)
    {
        // Most texts have no surrogates, and most that have some have them in pairs.
        if (value is null || !value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || LoneSurrogates.AreNotIn(value))
        {
            writer.Write(value);
        }
        else
        {
            var bytes = LoneSurrogates.Encode(value);
            writer.WriteString(bytes);
        }
    }
}
