using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Reading;

/// <summary>Does with the malformed lines of one split what the user chose.</summary>
/// <param name="file">The file that the split is of; the reader closes it.</param>
/// <param name="split">The split.</param>
/// <param name="options">What the user chose.</param>
/// <param name="context">Who counts and warns.</param>
/// <param name="shared">What the readers of the source share.</param>
internal sealed class RejectedLines(
    IReadableFile file, FileSplit split, FileSourceOptions options, SourceContext context, RejectedRows shared) : IDisposable
{
    /// <summary>The most bytes of a line that are written; its offset tells where the rest is.</summary>
    public const int LongestText = 64 << 10;

    // What one step may read to find the number of a line.
    private const long StepBytes = 32L << 20;

    // People read the file: only what JSON must escape is escaped, and no letter, quote or plus sign.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MalformedRows _choice = options.OnMalformed;
    private readonly LineNumbers _numbers = new(file);
    private IWritableFile? _output;
    private ArrayBufferWriter<byte>? _buffer;
    private byte[]? _text;

    /// <summary>
    /// Takes the line between two offsets, or fails with it. False if its number is not found yet: the line must be tried again in the next
    /// step.
    /// </summary>
    public bool TryAdd(long start, long end, FormatException reason)
    {
        if (_choice.IsSkipped && _choice.Directory is null)
        {
            Count(start, reason);
            return true;
        }

        if (!_numbers.TryFind(start, StepBytes, out var line))
        {
            return false;
        }

        var message = reason.Message;
        if (reason is OpenQuoteException && _numbers.TryFind(end - 1, long.MaxValue, out var last))
        {
            message += last == line ? $"; it opens in line {line}" : $"; it opens in line {last}, the row begins in line {line}";
        }

        var text = Text(start, end);
        if (!_choice.IsSkipped)
        {
            throw SourceErrors.Malformed(split.Path, line, message, Excerpt.Of(text, Excerpt.LineSize), reason);
        }

        Write(line, start, message, text, end - start);
        Count(start, reason);
        return true;
    }

    /// <summary>
    /// Before the position behind rejected lines leaves the reader, they must be on the disk: no checkpoint replays them.
    /// </summary>
    public void MakeDurable()
    {
        if (_buffer is not { WrittenCount: > 0 } buffer)
        {
            return;
        }

        _output ??= shared.Take(options.FileSystem, _choice.Directory!, context.Operator);
        try
        {
            _output.Write(buffer.WrittenSpan);
            _output.Sync();
        }
        catch
        {
            // What is in it is not known any more: nobody else may go on with it.
            _output.Dispose();
            _output = null;
            throw;
        }

        buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        if (_output is not null)
        {
            shared.GiveBack(context.Operator, _output);
            _output = null;
        }
    }

    private void Count(long start, FormatException reason)
    {
        context.CountSkipped(1);
        shared.Count(context, split.Path, start, reason.Message);
    }

    // Read again: parsing may have overwritten it in place.
    private ReadOnlySpan<byte> Text(long start, long end)
    {
        var size = (int)Math.Min(end - start, LongestText);
        if (_text is null || _text.Length < size)
        {
            _text = new byte[Math.Max(size, 1024)];
        }

        return _text.AsSpan(0, file.Read(_text.AsSpan(0, size), start)).TrimEnd("\r\n"u8);
    }

    private void Write(long line, long offset, string reason, ReadOnlySpan<byte> text, long size)
    {
        _buffer ??= new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(_buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("file", split.Path);
            json.WriteNumber("line", line);
            json.WriteNumber("offset", offset);
            json.WriteString("reason", reason);
            json.WriteString("text", Encoding.UTF8.GetString(text));
            if (size > LongestText)
            {
                json.WriteNumber("bytes", size);
            }

            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }
}
