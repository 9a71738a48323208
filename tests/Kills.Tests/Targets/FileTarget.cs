using System.Text.Json;

namespace Weir.Kills.Tests.Targets;

/// <summary>A directory of JSON lines.</summary>
internal sealed class FileTarget(string directory) : ITarget
{
    private readonly string _output = Path.Combine(directory, "output");

    public string Connection => "";

    public string Table => "";

    public Task CreateAsync() => Task.CompletedTask;

    public async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var path in Directory.EnumerateFiles(_output).Where(path => Path.GetFileName(path)[0] is not ('.' or '_')))
        {
            rows.AddRange((await File.ReadAllLinesAsync(path)).Select(Row));
        }

        return rows;
    }

    public Task<IReadOnlyList<string>> StraysAsync(string job) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateFiles(_output).Select(path => Path.GetFileName(path)).Where(name => name[0] == '.')]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Row(string line)
    {
        using var row = JsonDocument.Parse(line);
        var members = row.RootElement.EnumerateObject().ToDictionary(
            member => member.Name, member => member.Value.Clone(), StringComparer.OrdinalIgnoreCase);
        return ExpectedRows.Text(
            members["kind"].GetString()!, members["name"].GetString()!, members["at"].GetInt64(), members["number"].GetInt64(),
            members["total"].GetInt64());
    }
}
