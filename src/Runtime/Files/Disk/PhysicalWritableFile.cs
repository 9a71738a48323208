using Microsoft.Win32.SafeHandles;

namespace Weir.Runtime.Files.Disk;

/// <summary>A new file of the machine, open for appending.</summary>
internal sealed class PhysicalWritableFile(string path) : IWritableFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, Length);
            Length += bytes.Length;
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw FileErrors.TooLarge(path, error);
        }
        catch (IOException error)
        {
            throw FileErrors.Named(error, path);
        }
    }

    public void Sync()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle);
        }
        catch (IOException error)
        {
            throw FileErrors.Named(error, path);
        }
    }

    public void Dispose() => _handle.Dispose();
}
