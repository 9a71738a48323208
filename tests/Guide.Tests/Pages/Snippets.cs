using System.Text.RegularExpressions;

namespace Weir.Guide.Tests.Pages;

/// <summary>The pieces of this project's code that stand between <c>// &lt;snippet name&gt;</c> and <c>// &lt;/snippet&gt;</c>.</summary>
internal static partial class Snippets
{
    public static IReadOnlyDictionary<string, string> All { get; } = Files()
        .SelectMany(file => In(File.ReadAllLines(file)))
        .ToDictionary();

    /// <summary>All code of this project, in one text.</summary>
    public static string Code() => string.Join('\n', Files().Select(File.ReadAllText));

    private static IEnumerable<string> Files() => Directory
        .EnumerateFiles(GuidePages.At("tests/Guide.Tests"), "*.cs", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> In(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (Begin().Match(lines[i]) is { Success: true } begin)
            {
                var code = lines.Skip(i + 1).TakeWhile(line => line.Trim() != "// </snippet>").ToList();
                Assert.True(i + 1 + code.Count < lines.Length, $"the snippet '{begin.Groups[2].Value}' has no end");
                yield return KeyValuePair.Create(begin.Groups[2].Value, Shifted(code, begin.Groups[1].Length));
            }
        }
    }

    private static string Shifted(List<string> code, int indent) =>
        string.Join('\n', code.Select(line => line.Length == 0 ? line : line[indent..]));

    [GeneratedRegex(@"^( *)// <snippet ([\w-]+)>$")]
    private static partial Regex Begin();
}
