using Weir.Runtime.Files.Csv;
using Weir.Runtime.Files.JsonLines;
using Weir.Runtime.Files.Writing;

namespace Weir;

/// <summary>Writes files that appear with the checkpoint that covers them: each record once, whatever crashes.</summary>
/// <remarks>
/// Finished files are named <c>part-….jsonl</c> (or <c>.csv</c>) and never change again; readers may move or delete them. Everything else
/// in the directory has a name that begins with a dot. A directory belongs to one sink of one job.
/// </remarks>
public static class Files
{
    /// <summary>A sink that writes one JSON object a line. The generator writes the formatter of <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="directory">Where to; created if missing.</param>
    /// <param name="options">How to write.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> JsonLines<T>(string directory, FileSinkOptions? options = null) =>
        new FileSink<T>(
            "JSON-lines files", ".jsonl", directory, options ?? new FileSinkOptions(),
            static () => new JsonRowEncoder<T>(JsonFormats.Of<T>()));

    /// <summary>A sink that writes CSV files, each with a header. The generator writes the formatter of <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="directory">Where to; created if missing.</param>
    /// <param name="options">How to write.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> Csv<T>(string directory, FileSinkOptions? options = null) =>
        new FileSink<T>(
            "CSV files", ".csv", directory, options ?? new FileSinkOptions(), static () => new CsvRowEncoder<T>(CsvFormats.Of<T>()));
}
