using System.Buffers;
using System.IO.Hashing;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Whether a state file is what its handle says: there, of this length, with this checksum.</summary>
internal static class StateFileCheck
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Reads the file of a handle from front to back.</summary>
    /// <exception cref="UnusableCheckpointException">It is damaged.</exception>
    public static async ValueTask VerifyAsync(StateHandle handle, Func<ValueTask<Stream>> open, CancellationToken cancellation)
    {
        var (name, crc) = handle is StateHandle.InFile file ? (file.Name, file.Crc)
            : handle is StateHandle.InSharedFile shared ? (shared.File.ToString(), shared.Crc)
            : throw new InvariantException($"the handle {handle} is of no file");
        Stream stream;
        try
        {
            stream = await open().ConfigureAwait(false);
        }
        catch (Exception damage) when (damage is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableCheckpointException(name, damage.Message, damage);
        }

        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length != handle.Length)
            {
                throw new UnusableCheckpointException(name, $"it has {stream.Length} bytes instead of {handle.Length}");
            }

            var actual = await SumAsync(stream, cancellation).ConfigureAwait(false);
            if (actual != crc)
            {
                throw new UnusableCheckpointException(name, $"its checksum is {actual:x8} instead of {crc:x8}");
            }
        }
    }

    private static async ValueTask<uint> SumAsync(Stream stream, CancellationToken cancellation)
    {
        var crc = new Crc32();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                crc.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return crc.GetCurrentHashAsUInt32();
    }
}
