using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>
/// Counts the lines of a file as far as errors need it: readers know offsets only. A file is counted once, however many of its lines are
/// asked for.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class LineNumbers(IReadableFile file)
{
    private const int BufferBytes = 64 << 10;
    private byte[]? _buffer;
    private long _offset;
    private long _line = 1;

    /// <summary>Gets how many bytes have been counted through.</summary>
    public long BytesRead { get; private set; }

    /// <summary>
    /// The number, from 1, of the line that begins at an offset, if it is found by reading so many bytes more; otherwise call again.
    /// </summary>
    /// <param name="offset">The offset; it is cheap to ask in ascending order.</param>
    /// <param name="budget">The most bytes to read.</param>
    /// <param name="line">The number.</param>
    public bool TryFind(long offset, long budget, out long line)
    {
        if (offset < _offset)
        {
            (_offset, _line) = (0, 1);
        }

        _buffer ??= new byte[BufferBytes];
        for (var end = offset - _offset > budget ? _offset + budget : offset; _offset < end;)
        {
            var read = file.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - _offset)), _offset);
            if (read == 0)
            {
                // The file has shrunk under us: what is left of it is all there is to count.
                break;
            }

            _line += _buffer.AsSpan(0, read).Count((byte)'\n');
            _offset += read;
            BytesRead += read;
        }

        line = _line;
        return _offset >= offset || _offset >= file.Length;
    }
}
