namespace Weir.Runtime.Files.Reading;

/// <summary>Reads the records of one split, a line each.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TFormat">Makes records of lines.</typeparam>
internal sealed class LineReader<T, TFormat> : ISplitReader<T>
    where TFormat : struct, ILineFormat<T>
{
    // The most that one step does where lines give no records: a subtask must be able to answer in between.
    private const long StepBytes = 4L << 20;
    private const int StepRejections = 512;
    private const int StepLines = 1 << 16;

    private readonly FileSplit _split;
    private readonly LineScanner _scanner;
    private readonly RejectedLines _rejected;
    private readonly TFormat _format;

    /// <summary>Opens a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="offset">Where to begin: the split's start, or what a reader of it said before.</param>
    /// <param name="format">Makes records of lines.</param>
    /// <param name="options">The file system, buffers, limits, and what becomes of malformed lines.</param>
    /// <param name="context">Who counts and warns.</param>
    /// <param name="rejected">What the readers of the source share.</param>
    public LineReader(
        FileSplit split, Offset offset, TFormat format, FileSourceOptions options, SourceContext context, RejectedRows rejected)
    {
        _split = split;
        _format = format;
        var file = FileOpening.Open(split.Path, options.FileSystem);
        _scanner = new LineScanner(file, split.Path, split.FileLength, options, format.Fields);
        _rejected = new RejectedLines(file, split, options, context, rejected);
        try
        {
            FileFingerprint.Check(file, split);
            FileHead.Check(file, split.Path, split.FileLength);
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
        var rejections = 0;
        var lines = StepLines;
        var end = Math.Min(_split.End, _scanner.Offset + StepBytes);
        while (count < records.Length && _scanner.Offset < end && rejections < StepRejections && lines > 0)
        {
            var offset = _scanner.Offset;
            try
            {
                ReadRecords(records, end, ref count, ref lines, ref offset);
            }
            catch (FormatException error)
            {
                rejections++;
                if (!TryReject(offset, error))
                {
                    break;
                }
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

    // Unless the line is done with, the reader stands where it begins: to try it again, or to say where the job failed.
    private bool TryReject(long offset, FormatException error)
    {
        var isDone = false;
        try
        {
            isDone = _rejected.TryAdd(offset, _scanner.Offset, error);
        }
        finally
        {
            if (!isDone)
            {
                _scanner.Seek(offset);
            }
        }

        return isDone;
    }

    // Counts by reference, so that records before a malformed line are not lost with the exception.
    private void ReadRecords(Span<T> records, long end, ref int count, ref int lines, ref long offset)
    {
        while (count < records.Length && (offset = _scanner.Offset) < end && _scanner.TryRead(out var line))
        {
            if (line.Length > 0 || _format.ReadsEmptyLines)
            {
                records[count] = _format.ReadRecord(line);
                count++;
            }
            else if (--lines == 0)
            {
                return;
            }
        }
    }

    // An offset that a reader gave begins a line. The split's own start may lie within one, which then belongs to the split before.
    private void SeekFirst(long offset)
    {
        HeaderReader.SkipMark(_scanner);
        HeaderReader.Read<T, TFormat>(_scanner, _format, _split.Path);
        _scanner.MostFields = _format.MostFields;
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
}
