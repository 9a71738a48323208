using System.IO.Hashing;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>
/// Tells whether the bytes that a file had when it was listed are still there: a hash of its head, its tail and samples between.
/// </summary>
/// <remarks>
/// Over the listed length only, so that appending changes nothing. Not of the time of the last change: a copy or a touch changes that
/// without a byte. A file of up to 64 KB is hashed whole; of a larger one a change that spares head, tail and sixteen samples goes unseen.
/// </remarks>
internal static class FileFingerprint
{
    private const int HeadBytes = 64 << 10;
    private const int SampleBytes = 4 << 10;
    private const int Samples = 16;

    /// <summary>Hashes a file.</summary>
    /// <param name="file">The file; at least as long as <paramref name="length"/>.</param>
    /// <param name="length">The length that it had when it was listed.</param>
    /// <returns>The hash, or null if the file is shorter.</returns>
    public static ulong? Of(IReadableFile file, long length)
    {
        var hash = new XxHash3();
        var buffer = new byte[Math.Min(HeadBytes, Math.Max(length, 1))];
        if (!TryAppend(hash, file, buffer, 0, Math.Min(length, HeadBytes)))
        {
            return null;
        }

        for (var i = 0; i <= Samples && length > HeadBytes; i++)
        {
            // The last one ends with the listed length.
            var at = HeadBytes + (long)((Int128)(length - HeadBytes) * i / Samples) - (i == Samples ? SampleBytes : 0);
            if (!TryAppend(hash, file, buffer, at, Math.Min(SampleBytes, length - at)))
            {
                return null;
            }
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Throws if a file is not the one that was listed.</summary>
    /// <param name="file">The file as it is.</param>
    /// <param name="split">The split as it was listed.</param>
    public static void Check(IReadableFile file, FileSplit split)
    {
        var length = file.Length;
        if (length < split.FileLength)
        {
            throw SourceErrors.Shrunk(split.Path, length, split.FileLength);
        }

        if (split.Fingerprint is { } listed && Of(file, split.FileLength) != listed)
        {
            throw SourceErrors.Replaced(split.Path, split.FileLength);
        }
    }

    private static bool TryAppend(XxHash3 hash, IReadableFile file, byte[] buffer, long at, long count)
    {
        while (count > 0)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, count)), at);
            if (read == 0)
            {
                return false;
            }

            hash.Append(buffer.AsSpan(0, read));
            at += read;
            count -= read;
        }

        return true;
    }
}
