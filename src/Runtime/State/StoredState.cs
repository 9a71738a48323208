namespace Weir.Runtime.State;

/// <summary>A handle's bytes, to be read when an operator restores. Opened by the first read; belongs to one thread at a time.</summary>
/// <param name="handle">The handle.</param>
/// <param name="open">Opens its file.</param>
public sealed class StoredState(StateHandle handle, Func<Stream> open) : IDisposable
{
    private Stream? _stream;

    /// <summary>Gets the number of bytes.</summary>
    public long Length => handle.Length;

    /// <summary>Gets the shared file that they are in; null if they are not in one.</summary>
    public SharedFile? SharedFile => (handle as StateHandle.InSharedFile)?.File;

    /// <summary>Gets the handle, for a snapshot that refers to it again.</summary>
    internal StateHandle Handle => handle;

    /// <summary>Opens the bytes as a stream of its own, which can seek.</summary>
    /// <returns>The stream; the caller disposes it.</returns>
    public Stream Open() => handle is StateHandle.Inline(var bytes) ? new MemoryStream(bytes.ToArray(), writable: false) : open();

    /// <summary>Reads a range of them.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="EndOfStreamException">There are not so many.</exception>
    public ReadOnlyMemory<byte> Read(long offset, int length)
    {
        if (handle is StateHandle.Inline(var bytes))
        {
            return bytes.Slice((int)offset, length);
        }

        _stream ??= open();
        _stream.Position = offset;
        var read = GC.AllocateUninitializedArray<byte>(length);
        _stream.ReadExactly(read);
        return read;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
