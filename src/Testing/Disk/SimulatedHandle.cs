using Weir.Runtime.Files.Disk;

namespace Weir.Testing.Disk;

/// <summary>A file of a <see cref="SimulatedFileSystem"/> open for reading or appending; dies with a crash.</summary>
internal sealed class SimulatedHandle(SimulatedFileSystem system, SimulatedFile file, string path) : IReadableFile, IWritableFile
{
    private readonly int _life = system.Life;

    public long Length => file.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        lock (system.Gate)
        {
            system.Enter(FileOperationKind.Read, path, _life);
            var content = file.Content;
            content = offset < content.Length ? content[(int)offset..] : [];
            content = content.Length > buffer.Length ? content[..buffer.Length] : content;
            content.CopyTo(buffer);
            return content.Length;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (system.Gate)
        {
            system.Enter(FileOperationKind.Write, path, _life);
            var room = system.Take(bytes.Length);
            file.Append(bytes[..room]);
            if (room < bytes.Length)
            {
                throw SimulatedFileSystem.DiskFull(path);
            }
        }
    }

    public void Sync()
    {
        lock (system.Gate)
        {
            system.Enter(FileOperationKind.Sync, path, _life);
            file.Sync();
        }
    }

    public void Dispose()
    {
    }
}
