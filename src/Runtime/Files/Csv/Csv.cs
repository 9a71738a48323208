using Weir.Runtime.Files.Csv;

namespace Weir;

/// <summary>Reads CSV files.</summary>
public static class Csv
{
    /// <summary>A source of the rows of CSV files. The generator writes the parser of <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The records: columns are matched with members by name.</typeparam>
    /// <param name="path">A file, a directory (all files in it, but hidden ones) or a pattern such as <c>data/*.csv</c>.</param>
    /// <param name="options">How to read them.</param>
    /// <returns>The source.</returns>
    public static Source<T, FileSplit> Read<T>(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        options.Check();
        return new CsvSource<T>(path, options);
    }
}
