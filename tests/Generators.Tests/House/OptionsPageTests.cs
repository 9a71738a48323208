using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>All that a user can set stands in a table of the pages, and nothing else does.</summary>
public sealed partial class OptionsPageTests
{
    [Theory]
    [InlineData("docs/options.md", "src/Runtime/Jobs/JobOptions.cs")]
    [InlineData("docs/files.md", "src/Runtime/Files/Writing/FileSinkOptions.cs")]
    [InlineData("docs/files.md", "src/Runtime/Files/Reading/FileSourceOptions.cs")]
    [InlineData("docs/files.md", "src/Runtime/Files/Csv/CsvOptions.cs")]
    public void Each_option_has_a_row(string page, string options)
    {
        var rows = File.ReadLines(Repository.At(page)).Select(line => Row().Match(line).Groups[1].Value).ToHashSet();
        Offenders.None(
            from Match option in Option().Matches(File.ReadAllText(Repository.At(options)))
            where !rows.Contains(option.Groups[1].Value)
            select $"{page} has no row for {option.Groups[1].Value} of {options}");
    }

    [GeneratedRegex(@"^\| `(\w+)`")]
    private static partial Regex Row();

    [GeneratedRegex(@"public [\w<>?]+ (\w+) \{ get; init; \}")]
    private static partial Regex Option();
}
