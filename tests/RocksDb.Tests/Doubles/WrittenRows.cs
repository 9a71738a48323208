namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>The rows of a job's files, in an order that does not depend on how it ran.</summary>
internal static class WrittenRows
{
    public static string Of(string directory) => string.Join('\n', Directory.GetDirectories(directory).Order(StringComparer.Ordinal)
        .SelectMany(sink => Directory.GetFiles(sink, "*.jsonl").SelectMany(File.ReadAllLines).Order(StringComparer.Ordinal)
            .Select(row => $"{Path.GetFileName(sink)} {row}")));
}
