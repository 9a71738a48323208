namespace Weir.Runtime.Files.Reading;

/// <summary>Recognises UTF-16 and UTF-32 without a byte-order mark by where its zero bytes are.</summary>
internal static class UnmarkedEncoding
{
    // So many separators at least: one zero behind one of them may be what a crash left.
    private const int FewSeparators = 2;

    /// <summary>The encoding of a text that begins like this; null if it is none of these.</summary>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = stackalloc int[4];
        for (var i = 0; i < head.Length; i++)
        {
            zeros[i % 4] += head[i] == 0 ? 1 : 0;
        }

        var quarter = head.Length / 4;
        if (quarter == 0 || zeros[0] + zeros[1] + zeros[2] + zeros[3] == head.Length)
        {
            return null;
        }

        // Of Latin letters every other byte, or three of four, are zero, and always at the same places.
        var (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3]);
        return zeros[0] == 0 && Math.Min(zeros[2], zeros[3]) >= quarter ? "UTF-32LE"
            : zeros[3] == 0 && Math.Min(zeros[0], zeros[1]) >= quarter ? "UTF-32BE"
            : odd >= quarter && even <= odd / 8 ? "UTF-16LE"
            : even >= quarter && odd <= even / 8 ? "UTF-16BE"
            : even == 0 && AreSeparatorsWide(head, low: 0) ? "UTF-16LE"
            : odd == 0 && AreSeparatorsWide(head, low: 1) ? "UTF-16BE"
            : null;
    }

    // Letters of other scripts have no zeros. Delimiters, quotes, blanks and ends of lines have, in every script. A few letters share the
    // low byte of one of them (U+042C that of the comma), so a third of them has to have a zero, and not all.
    private static bool AreSeparatorsWide(ReadOnlySpan<byte> head, int low)
    {
        var (wide, narrow) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            var (character, other) = (head[i + low], head[i + 1 - low]);
            var isSeparator = character is (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)' '
                or (byte)',' or (byte)';' or (byte)'|' or (byte)':' or (byte)'"';
            wide += isSeparator && other == 0 ? 1 : 0;
            narrow += isSeparator && other != 0 ? 1 : 0;
        }

        return wide >= FewSeparators && 2 * wide > narrow;
    }
}
