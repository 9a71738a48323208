using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>Lines end where <c>.editorconfig</c> says.</summary>
public sealed partial class LineLengthTests(ITestOutputHelper output)
{
    private const int MaxLength = 140;

    [Fact]
    public void The_limit_is_that_of_editorconfig() =>
        Assert.Contains($"max_line_length = {MaxLength}", File.ReadLines(Repository.At(".editorconfig")));

    /// <summary>Excepted are rows of tables, which cannot be broken, and lines that hold one link and nothing else.</summary>
    [Fact]
    public void No_line_of_a_page_is_too_long() => Offenders.None(
        from page in Repository.Pages()
        from line in Long(page)
        where !line.Text.StartsWith('|') && !OneLink().IsMatch(line.Text)
        select $"{Repository.NameOf(page)}:{line.Number} has {line.Text.Length} characters");

    /// <summary>
    /// Files of code that were too wide when this rule came are listed in <c>tests/House/long-lines.txt</c>, and printed here.
    /// The list may only shrink.
    /// </summary>
    [Fact]
    public void No_line_of_code_is_too_long()
    {
        var known = File.ReadAllLines(Repository.At("tests/House/long-lines.txt")).ToHashSet();
        var offenders = Repository.Files("src", "*.cs")
            .Where(file => Long(file).Any())
            .ToLookup(file => known.Contains(Repository.NameOf(file)));
        foreach (var file in offenders[true])
        {
            output.WriteLine($"{Repository.NameOf(file)}: {Long(file).Count()} lines of more than {MaxLength} characters, excused for now");
        }

        Offenders.None(
            from file in offenders[false]
            from line in Long(file)
            select $"{Repository.NameOf(file)}:{line.Number} has {line.Text.Length} characters");
    }

    private static IEnumerable<(int Number, string Text)> Long(string file) => File.ReadLines(file)
        .Select((text, index) => (Number: index + 1, Text: text))
        .Where(line => line.Text.Length > MaxLength);

    [GeneratedRegex(@"^\s*([-*] )?\[[^\]]*\]\([^)]*\)[.,;]?$")]
    private static partial Regex OneLink();
}
