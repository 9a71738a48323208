using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>Using directives stand in order: <c>System</c> first, then by name. The build enforces all other rules of style.</summary>
public sealed partial class UsingsTests
{
    [Fact]
    public void Using_directives_are_sorted() => Offenders.None(
        from folder in (string[])["src", "tests", "bench", "samples"]
        from file in Repository.Files(folder, "*.cs")
        where !Repository.NameOf(file).StartsWith("tests/Generators.Corpus/Programs/", StringComparison.Ordinal)
        let names = Names(file)
        let sorted = names.OrderBy(name => name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase)
        where !names.SequenceEqual(sorted)
        select $"{Repository.NameOf(file)}: {string.Join(", ", sorted)} is the order");

    private static List<string> Names(string file) =>
    [
        .. File.ReadLines(file).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
            .Select(line => Directive().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value),
    ];

    [GeneratedRegex(@"^using ([\w.]+);")]
    private static partial Regex Directive();
}
