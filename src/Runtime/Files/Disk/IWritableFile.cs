namespace Weir.Runtime.Files.Disk;

/// <summary>A file open for appending.</summary>
public interface IWritableFile : IDisposable
{
    /// <summary>Gets the number of bytes written.</summary>
    long Length { get; }

    /// <summary>Appends bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Makes all that was written durable.</summary>
    void Sync();
}
