using Weir.Runtime.Files.Reading;

namespace Weir.Runtime.Files.Csv;

/// <summary>Reads records from CSV files.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CsvSource<T>(string path, CsvOptions options) : FileSource<T>("CSV files", path, options)
{
    protected override bool IsSplittable => !options.MultilineFields;

    // The format is looked up here and not at construction: the module that registers it may not be initialised yet.
    public override ISplitReader<T> Open(FileSplit split, Offset offset, SourceContext context) =>
        new LineReader<T, CsvLineFormat<T>>(split, offset, new CsvLineFormat<T>(CsvFormats.Of<T>(), options), options, context);
}
