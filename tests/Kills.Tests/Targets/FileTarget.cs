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
            rows.AddRange((await File.ReadAllLinesAsync(path)).Select(JsonRow.Of));
        }

        return rows;
    }

    public Task<IReadOnlyList<string>> StraysAsync(string job) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateFiles(_output).Select(path => Path.GetFileName(path)).Where(name => name[0] == '.')]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
