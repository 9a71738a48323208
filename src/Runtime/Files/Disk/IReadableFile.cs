namespace Weir.Runtime.Files.Disk;

/// <summary>A file open for reading.</summary>
public interface IReadableFile : IDisposable
{
    /// <summary>Gets the length in bytes, as of now.</summary>
    long Length { get; }

    /// <summary>Reads bytes at an offset; fewer than asked only at the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);
}
