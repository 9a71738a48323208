using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Looks at the first bytes of a file and refuses what is no UTF-8 text in lines, by the name of what it is.</summary>
internal static class FileHead
{
    private const int Size = 64 << 10;
    private const int SampleSize = 1024;

    /// <summary>Throws if a file is compressed, binary, in another encoding, or has no lines.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <param name="length">How much of it counts.</param>
    /// <exception cref="SourceException">What it is, and what to do.</exception>
    public static void Check(IReadableFile file, string path, long length)
    {
        var head = new byte[(int)Math.Min(Size, length)];
        var size = head.Length == 0 ? 0 : file.Read(head, 0);
        if (Refuse(head.AsSpan(0, size)) is { } reason)
        {
            throw SourceErrors.NoText(path, reason);
        }
    }

    /// <summary>The reason why a file that begins like this cannot be read, and what to do; null if it can.</summary>
    public static string? Refuse(ReadOnlySpan<byte> head) =>
        Encoding(head) is { } encoding ? $"is {encoding} text: convert it to UTF-8, for instance by 'iconv -f {encoding} -t UTF-8'"
        : IsOffice(head) ? "is no text but an Office document (such as .xlsx): export it as CSV in UTF-8 first"
        : Packed(head) is { } packed ? $"is compressed ({packed}): decompress it first"
        : Binary(head) is { } binary ? $"is no text but {binary}: export it as text first"
        : HasReturnsAlone(head) ? "has lines that end with CR alone: convert them to LF, for instance by \"tr '\\r' '\\n'\""
        : null;

    private static string? Encoding(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => "UTF-32LE",
        [0, 0, 0xFE, 0xFF, ..] => "UTF-32BE",
        [0xFF, 0xFE, ..] => "UTF-16LE",
        [0xFE, 0xFF, ..] => "UTF-16BE",
        _ => UnmarkedEncoding.Of(head[..Math.Min(head.Length, SampleSize)]),
    };

    private static string? Packed(ReadOnlySpan<byte> head) => head switch
    {
        [0x1F, 0x8B, ..] => "gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, ..] => "bzip2",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x17, 0x72, 0x45, 0x38, ..] => "bzip2",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "7-Zip",
        [0x04, 0x22, 0x4D, 0x18, ..] => "lz4",
        [0xFF, 0x06, 0x00, 0x00, (byte)'s', (byte)'N', ..] => "snappy",
        [0x1F, 0x9D, ..] or [0x1F, 0xA0, ..] => "compress",
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => "zip",
        _ => null,
    };

    private static string? Binary(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1' or (byte)'E', ..] when HasControls(head) => "Parquet",
        [(byte)'O', (byte)'R', (byte)'C', ..] when HasControls(head) => "ORC",
        [(byte)'O', (byte)'b', (byte)'j', 1, ..] => "Avro",
        [(byte)'A', (byte)'R', (byte)'R', (byte)'O', (byte)'W', (byte)'1', 0, ..] => "Arrow",
        [(byte)'S', (byte)'Q', (byte)'L', ..] when head.StartsWith("SQLite format 3\0"u8) => "a SQLite database",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "PDF",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office document (.xls)",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "a program",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] => "an image",
        _ => IsTar(head) ? "a tar archive" : null,
    };

    // An Office document is a zip archive whose first entries are named like this.
    private static bool IsOffice(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\x3\x4"u8) && (head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("xl/"u8) >= 0
            || head.IndexOf("mimetypeapplication/vnd.oasis.opendocument"u8) >= 0);

    // A text may begin with the same letters; it holds no control character but tabs and line breaks.
    private static bool HasControls(ReadOnlySpan<byte> head)
    {
        foreach (var value in head[..Math.Min(head.Length, SampleSize)])
        {
            if (value < 0x20 && value is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTar(ReadOnlySpan<byte> head) =>
        head.Length >= 262 && head.Slice(257, 5).SequenceEqual("ustar"u8) && head[..257].Contains((byte)0);

    // A return within quotes is text; one at the very end may belong to a CR LF that is still being written.
    private static bool HasReturnsAlone(ReadOnlySpan<byte> head)
    {
        if (head.Contains((byte)'\n'))
        {
            return false;
        }

        var isQuoted = false;
        for (var rest = head; rest.IndexOfAny((byte)'\r', (byte)'"') is >= 0 and var at; rest = rest[(at + 1)..])
        {
            if (rest[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && at + 1 < rest.Length)
            {
                return true;
            }
        }

        return false;
    }
}
