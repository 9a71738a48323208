using System.Runtime.CompilerServices;

namespace Weir.Generators.Tests.House;

/// <summary>The files of this repository as somebody who reads it finds them.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["artifacts", "bin", "obj", "node_modules", ".git"];

    public static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    public static string At(string path) => Path.Combine(Root(), path);

    /// <summary>The path from the root, with slashes.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root(), file).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>All pages, in ordinal order. Those of the analyzers' releases have a form of their own.</summary>
    public static IEnumerable<string> Pages() => Files("", "*.md")
        .Where(file => !Path.GetFileName(file).StartsWith("AnalyzerReleases.", StringComparison.Ordinal));

    /// <summary>The files below a folder whose names match, in ordinal order, without what a build makes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
        .Where(file => !NameOf(file).Split('/').Any(part => Built.Contains(part)))
        .Order(StringComparer.Ordinal);
}
