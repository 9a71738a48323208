using System.Text;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>
/// A reader of the output that takes each finished file away as soon as it sees it, by the pattern that the documentation gives.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="directory">The directory that it reads.</param>
internal sealed class FilesReader(SimulatedFileSystem files, string directory = "/out")
{
    private const string Mark = "_taken-";

    /// <summary>Takes what is there.</summary>
    public void Take()
    {
        foreach (var name in Finished())
        {
            files.Rename($"{directory}/{name}", $"{directory}/{Mark}{name}");
        }
    }

    /// <summary>What was taken and what is still there, in order.</summary>
    public int[] Rows() => [.. Names(Mark).Concat(Finished()).SelectMany(RowsOf).Order()];

    /// <summary>The rows of what was taken.</summary>
    public int[] Taken() => [.. Names(Mark).SelectMany(RowsOf).Order()];

    private List<string> Finished() => Names("part-");

    private List<string> Names(string prefix) =>
        !files.DirectoryExists(directory) ? [] : [.. files.ListFiles(directory).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    private IEnumerable<int> RowsOf(string name) => Encoding.UTF8.GetString(files.Get($"{directory}/{name}"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("amount").GetInt32());
}
