namespace Weir.Runtime.State;

/// <summary>
/// Where bytes of a snapshot are. A checkpoint's manifest holds handles; the bytes themselves never pass through the coordinator.
/// </summary>
/// <param name="Length">The number of bytes.</param>
public abstract record StateHandle(long Length)
{
    /// <summary>In the handle itself: for what is too small to be worth a file.</summary>
    /// <param name="Bytes">The bytes.</param>
    public sealed record Inline(ReadOnlyMemory<byte> Bytes) : StateHandle(Bytes.Length);

    /// <summary>In a file that belongs to the checkpoint and is deleted with it.</summary>
    /// <param name="Name">Its name within the checkpoint.</param>
    /// <param name="Length">The number of bytes.</param>
    /// <param name="Crc">Its CRC-32.</param>
    public sealed record InFile(string Name, long Length, uint Crc) : StateHandle(Length);

    /// <summary>In an immutable file that later checkpoints may refer to as well.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Length">The number of bytes.</param>
    /// <param name="Crc">Its CRC-32.</param>
    public sealed record InSharedFile(SharedFile File, long Length, uint Crc) : StateHandle(Length);
}
