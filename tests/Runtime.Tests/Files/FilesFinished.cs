using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>What a reader of the output sees.</summary>
internal static class FilesFinished
{
    public static List<FilesRow> Rows(SimulatedFileSystem files) =>
        files.ListFiles("/out").All(name => name.StartsWith('.')) ? []
            : JsonLines.Read<FilesRow>("/out", new JsonLinesOptions { FileSystem = files }).ReadAll();
}
