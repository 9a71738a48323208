using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Counts lines from the beginning of a file, when an error needs to say where: readers know offsets only.</summary>
internal static class LineNumbers
{
    /// <summary>The number, from 1, of the line that begins at an offset.</summary>
    public static long Of(IReadableFile file, long offset)
    {
        var buffer = new byte[Math.Min(64 << 10, Math.Max(offset, 1))];
        var line = 1L;
        for (var at = 0L; at < offset;)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - at)), at);
            if (read == 0)
            {
                break;
            }

            line += buffer.AsSpan(0, read).Count((byte)'\n');
            at += read;
        }

        return line;
    }
}
