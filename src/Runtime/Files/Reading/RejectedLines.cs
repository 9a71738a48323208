using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Files.Reading;

/// <summary>Does with the malformed lines of one split what the user chose.</summary>
internal sealed class RejectedLines(FileSplit split, FileSourceOptions options, SourceContext context) : IDisposable
{
    private const int LongestQuote = 1000;
    private readonly IFileSystem _files = options.FileSystem;
    private readonly MalformedRows _choice = options.OnMalformed;
    private IWritableFile? _output;
    private ArrayBufferWriter<byte>? _buffer;

    /// <summary>Takes the line between two offsets, or fails with it.</summary>
    public void Add(long start, long end, FormatException reason)
    {
        if (_choice.IsSkipped && _choice.Directory is null)
        {
            context.CountSkipped(1);
            return;
        }

        // Read again: parsing may have overwritten it in place.
        using var file = _files.OpenRead(split.Path);
        var line = LineNumbers.Of(file, start);
        var text = new byte[end - start];
        var read = file.Read(text, start);
        var quote = Encoding.UTF8.GetString(text.AsSpan(0, read).TrimEnd("\r\n"u8));
        if (!_choice.IsSkipped)
        {
            quote = quote.Length <= LongestQuote ? quote : $"{quote.AsSpan(0, LongestQuote)}… ({quote.Length} characters)";
            throw SourceErrors.Malformed(split.Path, line, reason.Message, quote, reason);
        }

        context.CountSkipped(1);
        Write(line, start, reason.Message, quote);
    }

    /// <summary>Before the position behind rejected lines leaves the reader, they must be on the disk: no checkpoint replays them.</summary>
    public void MakeDurable()
    {
        if (_buffer is { WrittenCount: > 0 })
        {
            _output ??= Create();
            _output.Write(_buffer.WrittenSpan);
            _output.Sync();
            _buffer.ResetWrittenCount();
        }
    }

    public void Dispose() => _output?.Dispose();

    private void Write(long line, long offset, string reason, string text)
    {
        _buffer ??= new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", split.Path);
            json.WriteNumber("line", line);
            json.WriteNumber("offset", offset);
            json.WriteString("reason", reason);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }

    // A file a reader: a reader of an earlier attempt may have left one of the same split.
    private IWritableFile Create()
    {
        var directory = _choice.Directory!;
        DurableDirectory.Create(_files, directory);
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(directory, PartName.OfRejected(context.Operator, Path.GetFileName(split.Path), split.Start, number));
            if (!_files.FileExists(path))
            {
                var file = _files.CreateNew(path);
                _files.SyncDirectory(directory);
                return file;
            }
        }
    }
}
