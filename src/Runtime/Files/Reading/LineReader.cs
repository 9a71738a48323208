using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Reads the records of one split, a line each.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TFormat">Makes records of lines.</typeparam>
internal sealed class LineReader<T, TFormat> : ISplitReader<T>
    where TFormat : struct, ILineFormat<T>
{
    private readonly FileSplit _split;
    private readonly LineScanner _scanner;
    private readonly RejectedLines _rejected;
    private readonly TFormat _format;

    public LineReader(FileSplit split, Offset offset, TFormat format, FileSourceOptions options, SourceContext context)
    {
        _split = split;
        _format = format;
        var file = OpenFile(split.Path, options.FileSystem);
        _scanner = new LineScanner(file, split.Path, split.FileLength, options, format.JoinsQuoted);
        _rejected = new RejectedLines(split, options, context);
        try
        {
            if (file.Length < split.FileLength)
            {
                throw SourceErrors.Shrunk(split.Path, file.Length, split.FileLength);
            }

            SeekFirst(offset.Value);
        }
        catch
        {
            _scanner.Dispose();
            throw;
        }
    }

    public Offset Offset => new(_scanner.Offset);

    public ReadStatus Read(Batch<T> batch)
    {
        var records = batch.Open(out _, timed: false);
        var count = 0;
        while (count < records.Length && _scanner.Offset < _split.End)
        {
            var offset = _scanner.Offset;
            try
            {
                ReadRecords(records, ref count, ref offset);
            }
            catch (FormatException error)
            {
                _rejected.Add(offset, _scanner.Offset, error);
            }
        }

        _rejected.MakeDurable();
        batch.Commit(count);
        return _scanner.Offset < _split.End ? ReadStatus.Available : ReadStatus.End;
    }

    public void Dispose()
    {
        _scanner.Dispose();
        _rejected.Dispose();
    }

    // Counts by reference, so that records before a malformed line are not lost with the exception.
    private void ReadRecords(Span<T> records, ref int count, ref long offset)
    {
        while (count < records.Length && (offset = _scanner.Offset) < _split.End && _scanner.TryRead(out var line))
        {
            if (line.Length > 0)
            {
                records[count] = _format.ReadRecord(line);
                count++;
            }
        }
    }

    // An offset that a reader gave begins a line. The split's own start may lie within one, which then belongs to the split before.
    private void SeekFirst(long offset)
    {
        _scanner.Skip("\uFEFF"u8);
        if (_format.HasHeader)
        {
            ReadHeader();
        }

        var first = _scanner.Offset;
        if (offset <= first)
        {
            return;
        }

        _scanner.Seek(offset == _split.Start ? offset - 1 : offset);
        if (offset == _split.Start)
        {
            _scanner.SkipLine();
        }
    }

    private void ReadHeader()
    {
        while (_scanner.TryRead(out var line))
        {
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                _format.ReadHeader(line);
                return;
            }
            catch (FormatException error)
            {
                throw SourceErrors.BadHeader(_split.Path, error.Message, error);
            }
        }
    }

    private static IReadableFile OpenFile(string path, IFileSystem files)
    {
        try
        {
            return files.OpenRead(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SourceErrors.Missing(path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SourceErrors.NotPermitted(path, error);
        }
    }
}
