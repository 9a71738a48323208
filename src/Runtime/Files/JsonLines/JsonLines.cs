using Weir.Runtime.Files.JsonLines;

namespace Weir;

/// <summary>Reads files of one JSON object a line.</summary>
public static class JsonLines
{
    /// <summary>A source of the lines of JSON-lines files. The generator writes the parser of <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="path">A file, a directory (all files in it, but hidden ones) or a pattern such as <c>data/*.jsonl</c>.</param>
    /// <param name="options">How to read them.</param>
    /// <returns>The source.</returns>
    public static Source<T, FileSplit> Read<T>(string path, JsonLinesOptions? options = null)
    {
        options ??= new JsonLinesOptions();
        options.Check();
        return new JsonLinesSource<T>(path, options);
    }
}
