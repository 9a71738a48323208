using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Finds the lines of a file from an offset on. Lines end with LF or CR LF, the last one also with the file.</summary>
internal sealed class LineScanner : IDisposable
{
    private readonly IReadableFile _file;
    private readonly string _path;
    private readonly long _length;
    private readonly int _maxLineBytes;
    private readonly bool _joinsQuoted;
    private byte[] _buffer;
    private int _next;
    private int _filled;
    private long _bufferOffset;

    public LineScanner(IReadableFile file, string path, long length, FileSourceOptions options, bool joinsQuoted)
    {
        _file = file;
        _path = path;
        _length = length;
        _maxLineBytes = options.MaxLineBytes;
        _joinsQuoted = joinsQuoted;
        _buffer = new byte[Math.Min(options.BufferBytes, Math.Max(length, 16))];
    }

    /// <summary>Gets the offset of the next line.</summary>
    public long Offset => _bufferOffset + _next;

    /// <summary>Goes on at another offset.</summary>
    public void Seek(long offset)
    {
        _bufferOffset = offset;
        _next = 0;
        _filled = 0;
    }

    /// <summary>Whether the bytes at the offset are these; then goes on behind them.</summary>
    public bool Skip(ReadOnlySpan<byte> bytes)
    {
        while (_filled - _next < bytes.Length && Fill())
        {
        }

        if (!_buffer.AsSpan(_next, _filled - _next).StartsWith(bytes))
        {
            return false;
        }

        _next += bytes.Length;
        return true;
    }

    /// <summary>Goes on behind the next LF, or at the end of the file.</summary>
    public void SkipLine()
    {
        while (true)
        {
            var found = _buffer.AsSpan(_next, _filled - _next).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _next += found + 1;
                return;
            }

            _next = _filled;
            if (!Fill())
            {
                return;
            }
        }
    }

    /// <summary>The next line without its end; valid, and the caller's to overwrite, until the next call.</summary>
    public bool TryRead(out Span<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_next, _filled - _next);
            var found = rest[searched..].IndexOf((byte)'\n');
            if (found >= 0)
            {
                var size = searched + found;
                if (_joinsQuoted && rest[..size].Count((byte)'"') % 2 != 0)
                {
                    searched = size + 1;
                    continue;
                }

                line = WithoutReturn(rest[..size]);
                _next += size + 1;
                return true;
            }

            searched = rest.Length;
            if (!Fill())
            {
                line = WithoutReturn(rest);
                _next = _filled;
                return rest.Length > 0;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static Span<byte> WithoutReturn(Span<byte> line) => line is [.., (byte)'\r'] ? line[..^1] : line;

    // Reads more behind what is left of the buffer, which moves to its beginning. False at the end of the file.
    private bool Fill()
    {
        var rest = _filled - _next;
        var wanted = _length - (_bufferOffset + _filled);
        if (wanted <= 0)
        {
            return false;
        }

        if (rest == _buffer.Length)
        {
            Grow();
        }

        _buffer.AsSpan(_next, rest).CopyTo(_buffer);
        _bufferOffset += _next;
        _next = 0;
        _filled = rest;
        var room = _buffer.AsSpan(rest);
        var read = _file.Read(room.Length > wanted ? room[..(int)wanted] : room, _bufferOffset + rest);
        if (read == 0)
        {
            throw SourceErrors.Shrunk(_path, _bufferOffset + rest, _length);
        }

        _filled += read;
        return true;
    }

    private void Grow()
    {
        if (_buffer.Length >= _maxLineBytes)
        {
            throw new SourceException(
                $"A line of '{_path}' at byte {Offset} is longer than {_maxLineBytes} bytes. If the file is what it should be, raise MaxLineBytes in the options of the source.");
        }

        var larger = new byte[(int)Math.Min(_buffer.Length * 2L, _maxLineBytes)];
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        _buffer = larger;
    }
}
