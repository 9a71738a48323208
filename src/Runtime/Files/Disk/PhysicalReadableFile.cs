using Microsoft.Win32.SafeHandles;

namespace Weir.Runtime.Files.Disk;

/// <summary>A file of the machine, open for reading.</summary>
internal sealed class PhysicalReadableFile(string path) : IReadableFile
{
    // Others may go on writing to, renaming and deleting it: a source reads what it listed.
    private readonly SafeFileHandle _handle =
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offset)
    {
        try
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(_handle, buffer[total..], offset + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }
        catch (IOException error)
        {
            throw FileErrors.Named(error, path);
        }
    }

    public void Dispose() => _handle.Dispose();
}
