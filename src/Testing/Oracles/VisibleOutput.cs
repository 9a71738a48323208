using System.Text;
using Weir.Runtime.Files.Disk;

namespace Weir.Testing.Oracles;

/// <summary>
/// What readers of an output directory see while a job runs: rows may only be added, and none that should not be. What a consumer has taken
/// counts as seen; no name is ever used for two contents, and what was taken does not come back.
/// </summary>
/// <param name="files">The file system, past all faults.</param>
/// <param name="expected">What must come out.</param>
internal sealed class VisibleOutput(IFileSystem files, ExpectedOutput expected)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _rows = [];
    private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mayReturn = new(StringComparer.Ordinal);
    private Dictionary<string, int> _missing = Count(expected.Rows);

    /// <summary>Gets the rows that are visible.</summary>
    public IReadOnlyList<string> Rows => _rows;

    public string Directory => expected.Directory;

    /// <summary>The visible files that nobody has taken.</summary>
    public IReadOnlyList<string> Visible() => files.DirectoryExists(expected.Directory)
        ? [.. files.ListFiles(expected.Directory).Where(name => name[0] is not ('.' or '_') && !_mayReturn.Contains(name))]
        : [];

    /// <summary>A consumer takes a visible file.</summary>
    public void Take(string name)
    {
        Look();
        _taken[name] = Read($"{expected.Directory}/{name}");
    }

    public bool Concerns(string path) => path.StartsWith(expected.Directory, StringComparison.Ordinal);

    /// <summary>Looks again. Says what is wrong, or null.</summary>
    public string? Look()
    {
        var visible = Visible();
        if (_seen.Except(visible).FirstOrDefault(name => !_taken.ContainsKey(name)) is { } vanished)
        {
            return $"The visible file '{vanished}' in {expected.Directory} has vanished.";
        }

        if (visible.FirstOrDefault(name => _taken.ContainsKey(name) && !_seen.Contains(name)) is { } returned)
        {
            return $"The file '{returned}' in {expected.Directory} was taken away and has come back.";
        }

        // Taken files were seen; once gone, they must not appear again.
        _seen.RemoveWhere(name => _taken.ContainsKey(name) && !visible.Contains(name));

        foreach (var name in visible.Where(_seen.Add))
        {
            if (Add(name, Read($"{expected.Directory}/{name}")) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    /// <summary>Says what is missing at the end, or null.</summary>
    public string? LookAtEnd() =>
        Look() ?? (_missing.Values.Sum() is > 0 and var count
            ? $"{count} rows are missing in {expected.Directory}, among them {_missing.First(row => row.Value > 0).Key}"
            : null);

    /// <summary>What is not there any more is no longer held against the job: power was lost, and nobody had promised to keep it.</summary>
    public void Forget()
    {
        _seen.Clear();
        _rows.Clear();
        _missing = Count(expected.Rows);
        foreach (var (name, content) in _taken)
        {
            // The consumer's deletion may have been undone; it knows the name.
            _mayReturn.Add(name);
            Add(name, content);
        }
    }

    /// <summary>The hidden files.</summary>
    public IEnumerable<string> Hidden() => files.DirectoryExists(expected.Directory)
        ? files.ListFiles(expected.Directory).Where(name => name[0] is '.' or '_')
        : [];

    private string? Add(string name, string content)
    {
        if (!_contents.TryAdd(name, content) && _contents[name] != content)
        {
            return $"The name '{name}' in {expected.Directory} was used for two contents.";
        }

        foreach (var row in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _rows.Add(row);
            if (expected.Rows is null)
            {
                continue;
            }

            if (!_missing.TryGetValue(row, out var left) || left == 0)
            {
                if (expected.MayRepeat && expected.Rows.Contains(row))
                {
                    continue;
                }

                var wrong = expected.Rows.Contains(row) ? "is there once too often" : "should not be there";
                return $"The row {row} of '{name}' in {expected.Directory} {wrong}.";
            }

            _missing[row] = left - 1;
        }

        return null;
    }

    private string Read(string path)
    {
        using var file = files.OpenRead(path);
        var bytes = new byte[file.Length];
        var length = file.Read(bytes, 0);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static Dictionary<string, int> Count(IReadOnlyCollection<string>? rows)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows ?? [])
        {
            counts[row] = counts.GetValueOrDefault(row) + 1;
        }

        return counts;
    }
}
