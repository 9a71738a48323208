using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>Lines end where <c>.editorconfig</c> says.</summary>
public sealed partial class LineLengthTests
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

    [Fact]
    public void No_line_of_code_is_too_long() => Offenders.None(
        from file in Repository.Files("src", "*.cs")
        from line in Long(file)
        select $"{Repository.NameOf(file)}:{line.Number} has {line.Text.Length} characters");

    private static IEnumerable<(int Number, string Text)> Long(string file) => File.ReadLines(file)
        .Select((text, index) => (Number: index + 1, Text: text))
        .Where(line => line.Text.Length > MaxLength);

    [GeneratedRegex(@"^\s*([-*] )?\[[^\]]*\]\([^)]*\)[.,;]?$")]
    private static partial Regex OneLink();
}
