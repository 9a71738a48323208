using System.Buffers;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>A part file that is being written.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class PartWriter<T> : IDisposable
{
    /// <summary>The size of one write to the disk.</summary>
    private const int ChunkBytes = 64 << 10;

    // It grows up to a chunk: parts are as small as there are records between two checkpoints.
    private const int FirstBytes = 2048;

    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly IWritableFile _file;
    private bool _isFinished;

    /// <summary>Begins a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file, empty.</param>
    /// <param name="encoder">What writes records.</param>
    public PartWriter(PartName name, IWritableFile file, RowEncoder<T> encoder)
    {
        Name = name;
        _file = file;
        _buffer = new ArrayBufferWriter<byte>(FirstBytes);
        encoder.WriteHeader(_buffer);
    }

    public PartName Name { get; }

    /// <summary>Gets the size the file would have if it ended now.</summary>
    public long Length => _file.Length + _buffer.WrittenCount;

    /// <summary>Gets the number of records written.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes records until there are no more or the file is full.</summary>
    /// <returns>How many.</returns>
    public int Write(ReadOnlySpan<T> values, RowEncoder<T> encoder, long maxBytes)
    {
        var written = 0;
        while (written < values.Length && Length < maxBytes)
        {
            var enough = (int)Math.Min(ChunkBytes, maxBytes - _file.Length);
            written += encoder.Write(values[written..], _buffer, enough);
            if (_buffer.WrittenCount >= enough)
            {
                Flush();
            }
        }

        Rows += written;
        return written;
    }

    /// <summary>Makes the file whole, and durable if asked, and closes it; harmless if it is closed.</summary>
    public void Finish(bool isDurable)
    {
        if (_isFinished)
        {
            return;
        }

        Flush();
        if (isDurable)
        {
            _file.Sync();
        }

        _file.Dispose();
        _isFinished = true;
    }

    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        if (_buffer.WrittenCount > 0)
        {
            _file.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }
}
