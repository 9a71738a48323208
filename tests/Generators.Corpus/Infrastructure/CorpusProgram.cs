using System.Runtime.CompilerServices;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>
/// A program of the corpus: one file, or several behind <c>//// name.cs</c>. Its first lines may say how it is built and what must be
/// reported: <c>// build: langversion=12 nullable=disable checked unsafe crlf</c>, <c>// reports: WEIR3002 WEIR0007</c>.
/// </summary>
internal sealed class CorpusProgram
{
    private CorpusProgram(string path)
    {
        Name = Path.GetRelativePath(Folder(), path).Replace('\\', '/');
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        Settings = Directive(text, "// build:").Select(static setting => setting.Split('=', 2))
            .ToDictionary(static setting => setting[0], static setting => setting.Length > 1 ? setting[1] : "");
        Reports = Directive(text, "// reports:");
        if (Settings.ContainsKey("crlf"))
        {
            text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        }

        Files = FilesOf(text);
    }

    public static IReadOnlyList<CorpusProgram> All { get; } = [.. Directory
        .EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(static path => new CorpusProgram(path))];

    public string Name { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Gets the rules that must report something, and no others may.</summary>
    public IReadOnlyList<string> Reports { get; }

    /// <summary>Gets the files; those in <c>lib/</c> are an assembly of their own.</summary>
    public IReadOnlyList<(string Path, string Text)> Files { get; }

    public override string ToString() => Name;

    // Programs from elsewhere are tried by WEIR_PROGRAMS=folder.
    private static string Folder([CallerFilePath] string file = "") =>
        Environment.GetEnvironmentVariable("WEIR_PROGRAMS") ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "Programs"));

    private static string[] Directive(string text, string key) => [.. text.Split('\n')
        .TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal))
        .Where(line => line.StartsWith(key, StringComparison.Ordinal))
        .SelectMany(line => line[key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private List<(string Path, string Text)> FilesOf(string text)
    {
        var files = new List<(string Path, string Text)>();
        var parts = text.Split("//// ");
        files.Add((Path.GetFileName(Name), parts[0]));
        foreach (var part in parts.Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            files.Add((part[..end].Trim(), part[(end + 1)..]));
        }

        return files;
    }
}
