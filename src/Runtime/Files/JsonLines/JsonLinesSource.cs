using Weir.Runtime.Files.Reading;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>Reads records from files of one JSON object a line.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class JsonLinesSource<T>(string path, JsonLinesOptions options) : FileSource<T>("JSON-lines files", path, options)
{
    protected override bool IsSplittable => true;

    public override ISplitReader<T> Open(FileSplit split, Offset offset, SourceContext context) =>
        new LineReader<T, JsonLineFormat<T>>(split, offset, new JsonLineFormat<T>(JsonFormats.Of<T>()), options, context, Rejected);
}
