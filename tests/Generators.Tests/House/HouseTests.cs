using System.Runtime.CompilerServices;

namespace Weir.Generators.Tests.House;

/// <summary>The rules of the house that erode unless something checks them.</summary>
public sealed class HouseTests
{
    private const int MaxLines = 400;

    private static readonly string[] Vague = ["Helper", "Helpers", "Utils", "Util", "Common", "Manager", "Impl", "Base", "Misc"];

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines() => Assert.Empty(
        from file in Sources()
        let lines = File.ReadLines(file).Count()
        where lines > MaxLines
        select $"{file}: {lines} lines");

    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing() => Assert.Empty(
        from file in Sources()
        from name in Path.GetRelativePath(Root(), file).Split(Path.DirectorySeparatorChar)
        where Vague.Any(vague => Path.GetFileNameWithoutExtension(name).EndsWith(vague, StringComparison.Ordinal))
            || name.StartsWith("Abstract", StringComparison.Ordinal)
        select file);

    [Fact]
    public void The_DSL_knows_nothing_of_the_runtime() => Assert.DoesNotContain(
        typeof(Job).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("Weir", StringComparison.Ordinal));

    private static IEnumerable<string> Sources() => new[] { "src", "samples", "bench", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("_snapshots", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
