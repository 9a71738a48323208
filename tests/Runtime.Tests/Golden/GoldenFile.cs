using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Weir.Runtime.Tests.Golden;

/// <summary>
/// A file of golden scripts. Found below <c>WEIR_SHARED</c>, by default beside the repository; a test is skipped where it is not.
/// </summary>
internal static class GoldenFile
{
    /// <summary>Reads all cases of a file, in its order.</summary>
    /// <param name="name">The file, without its ending: <c>a-windows</c>.</param>
    /// <returns>The cases.</returns>
    public static IEnumerable<GoldenCase> Read(string name)
    {
        var path = Path.Combine(Shared(), "golden", $"{name}.jsonl.gz");
        Assert.SkipUnless(File.Exists(path), $"no golden scripts at {path}: set WEIR_SHARED");
        return Lines(path);
    }

    private static IEnumerable<GoldenCase> Lines(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return new GoldenCase(document.RootElement.Clone());
        }
    }

    // The clone may lie directly beside the folder, or one folder deeper.
    private static string Shared([CallerFilePath] string file = "")
    {
        if (Environment.GetEnvironmentVariable("WEIR_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        var repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
        var beside = Path.Combine(repository, "..", "shared");
        return Path.GetFullPath(Directory.Exists(beside) ? beside : Path.Combine(repository, "..", "..", "shared"));
    }
}
