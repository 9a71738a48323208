using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Finds where the last whole line of a file ends, which may still be written to.</summary>
internal static class LastLine
{
    /// <summary>The offset behind the last LF.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where to stop looking.</param>
    /// <param name="maxLineBytes">How far back to look: the longest line.</param>
    /// <returns>The offset; <paramref name="start"/> if no line has ended behind it.</returns>
    public static long EndOf(IReadableFile file, long start, int maxLineBytes)
    {
        var end = file.Length;
        var from = Math.Max(start, end - maxLineBytes);
        var buffer = new byte[Math.Clamp(end - from, 0, 64 << 10)];
        while (end > from)
        {
            var at = Math.Max(from, end - buffer.Length);
            var block = buffer.AsSpan(0, (int)(end - at));
            var found = Fill(file, block, at) ? block.LastIndexOf((byte)'\n') : -1;
            if (found >= 0)
            {
                return at + found + 1;
            }

            end = at;
        }

        return start;
    }

    private static bool Fill(IReadableFile file, Span<byte> block, long at)
    {
        for (var filled = 0; filled < block.Length;)
        {
            var read = file.Read(block[filled..], at + filled);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        return true;
    }
}
