using Weir.Runtime.Files.Disk;
using Weir.Runtime.Files.Reading;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>Reads records from CSV files.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CsvSource<T>(string path, CsvOptions options) : FileSource<T>("CSV files", path, options)
{
    protected override bool IsSplittable => !options.MultilineFields;

    // The format is looked up here and not at construction: the module that registers it may not be initialised yet.
    public override ISplitReader<T> Open(FileSplit split, Offset offset, SourceContext context) =>
        new LineReader<T, CsvLineFormat<T>>(split, offset, new CsvLineFormat<T>(CsvFormats.Of<T>(), options), options, context, Rejected);

    // Every header is read before the first record, so that a wrong one is said before an hour has been spent on the files before it.
    protected override string? Inspect(IReadableFile file, string path, long length)
    {
        FileHead.Check(file, path, length);
        var format = new CsvLineFormat<T>(CsvFormats.Of<T>(), options);
        var scanner = new LineScanner(file, path, length, options, format.Fields);
        HeaderReader.SkipMark(scanner);
        HeaderReader.Read<T, CsvLineFormat<T>>(scanner, format, path);
        return format.Header is { Missing.Count: > 0 } header
            ? $"no column is called {Excerpt.Of(header.Missing)}: these members are null in every record"
                + (header.Unused.Count == 0
                    ? ""
                    : $". Columns that no member is called after: {Excerpt.Of(header.Unused)}. Name one by [Column]")
            : null;
    }
}
