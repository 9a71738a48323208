using Weir.Runtime.Files.Disk;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Reading;

/// <summary>Finds the lines of a file from an offset on. Lines end with LF or CR LF, the last one also with the file.</summary>
/// <remarks>
/// Where quoted fields may hold line breaks, a line is a row. A quote that never ends is told apart from a long field by the limit of a
/// line. What is found depends on the offset alone, not on what was read before, so that a restart at any line finds the same.
/// </remarks>
internal sealed class LineScanner : IDisposable
{
    private readonly IReadableFile _file;
    private readonly string _path;
    private readonly long _length;
    private readonly int _maxLineBytes;
    private readonly FieldScan? _fields;
    private byte[] _buffer;
    private int _next;
    private int _filled;
    private long _bufferOffset;

    /// <summary>Begins at the start of a file.</summary>
    /// <param name="file">The file; closed with the scanner.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="length">Where it ends, whatever has been appended.</param>
    /// <param name="options">The buffer and the limit of a line.</param>
    /// <param name="fields">Where a row begins, if quoted fields may hold line breaks; null if a line is a line.</param>
    public LineScanner(IReadableFile file, string path, long length, FileSourceOptions options, FieldScan? fields)
    {
        _file = file;
        _path = path;
        _length = length;
        _maxLineBytes = options.MaxLineBytes;
        _fields = fields;
        _buffer = new byte[Math.Min(options.BufferBytes, Math.Max(length, 16))];
    }

    /// <summary>Gets the offset of the next line.</summary>
    public long Offset => _bufferOffset + _next;

    /// <summary>
    /// Gets or sets the most fields of a row; a row of more fields is none, and is not read on to its end. Without it a text of stray
    /// quotes could be scanned once for each of its lines.
    /// </summary>
    public int MostFields { get; set; } = int.MaxValue;

    /// <summary>Gets how many bytes have been searched for the ends of rows with quotes, those searched again included.</summary>
    public long BytesScanned { get; private set; }

    /// <summary>Goes on at another offset.</summary>
    public void Seek(long offset)
    {
        // The buffer is of no use: whoever took a line may have overwritten it.
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
        var start = Offset;
        while (true)
        {
            var found = _buffer.AsSpan(_next, _filled - _next).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _next += found + 1;
                return;
            }

            _next = _filled;
            if (Offset - start > _maxLineBytes)
            {
                throw SourceErrors.TooLong(_path, start, _maxLineBytes);
            }

            if (!Fill())
            {
                return;
            }
        }
    }

    /// <summary>The next line without its end; valid, and the caller's to overwrite, until the next call.</summary>
    /// <exception cref="OpenQuoteException">A quoted field does not end. The scanner goes on behind the line in which it opens.</exception>
    public bool TryRead(out Span<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_next, _filled - _next);
            var found = _fields is null ? rest[searched..].IndexOf((byte)'\n') : rest[searched..].IndexOfAny((byte)'\n', FieldScan.Quote);
            if (found >= 0)
            {
                var size = searched + found;
                if (rest[size] == FieldScan.Quote && _fields is { } fields)
                {
                    return TryReadQuoted(fields, out line);
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

    private bool TryReadQuoted(FieldScan fields, out Span<byte> row)
    {
        var at = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_next, _filled - _next);
            var stop = fields.Next(rest, ref at);
            if (stop == FieldStop.LineFeed)
            {
                row = WithoutReturn(rest[..at]);
                _next += at + 1;
                BytesScanned += at;
                return true;
            }

            if (stop == FieldStop.Misplaced)
            {
                throw Broken(at, fields.Start - 1, FieldErrors.Behind(rest, fields), rest[fields.Start..at].Contains((byte)'\n'));
            }

            if (stop == FieldStop.Delimiter && fields.Count >= MostFields)
            {
                throw Broken(at, at, FieldErrors.TooMany(rest[..at], MostFields), isOpen: false);
            }

            if (stop == FieldStop.TextEnd && rest.Length >= _maxLineBytes && fields.IsOpen)
            {
                throw Broken(at, fields.Start - 1, FieldErrors.Open(rest, $"within {_maxLineBytes} bytes (MaxLineBytes)"), isOpen: true);
            }

            if (stop == FieldStop.TextEnd && !Fill())
            {
                if (fields.IsOpen)
                {
                    throw Broken(at, fields.Start - 1, FieldErrors.Open(rest, "before the end of the file"), isOpen: true);
                }

                row = WithoutReturn(rest);
                _next = _filled;
                return true;
            }
        }
    }

    // What shares a line with the beginning of the last field belongs to the broken row; what stands on further lines does not, for each
    // may be a row.
    private FormatException Broken(int scanned, int lastField, string reason, bool isOpen)
    {
        BytesScanned += scanned;
        _next += lastField;
        SkipLine();
        return isOpen ? new OpenQuoteException(reason) : new FormatException(reason);
    }

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
            throw SourceErrors.TooLong(_path, Offset, _maxLineBytes);
        }

        var larger = new byte[(int)Math.Min(_buffer.Length * 2L, _maxLineBytes)];
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        _buffer = larger;
    }
}
