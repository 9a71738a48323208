using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Weir.Guide.Tests.Pages;

/// <summary>
/// The pages of <c>docs/guide</c>. A block of code stands below a comment <c>&lt;!-- snippet name --&gt;</c>, what it gives below
/// <c>&lt;!-- rows name --&gt;</c>. With <c>UPDATE_SNAPSHOTS=1</c> the pages take over what the code says.
/// </summary>
internal static partial class GuidePages
{
    private static readonly Lock OnePage = new();

    /// <summary>The blocks of a kind (<c>snippet</c>, <c>rows</c>), with their pages and texts.</summary>
    public static IEnumerable<(string Page, string Name, string Text)> Blocks(string kind) =>
        from page in All()
        from Match block in Block().Matches(File.ReadAllText(page))
        where block.Groups["kind"].Value == kind
        select (Path.GetFileName(page), block.Groups["name"].Value, block.Groups["text"].Value);

    /// <summary>How many blocks of C# a page has, below a comment or not.</summary>
    public static IEnumerable<(string Page, int Count)> CodeBlocks() =>
        from page in All()
        select (Path.GetFileName(page), File.ReadLines(page).Count(line => line.StartsWith("```csharp", StringComparison.Ordinal)));

    /// <summary>Compares the block of that name, on whatever page it is, or renews it.</summary>
    public static void Compare(string kind, string name, string text)
    {
        lock (OnePage)
        {
            var found = Blocks(kind).Where(block => block.Name == name).ToList();
            Assert.True(found.Count > 0, $"No page of docs/guide has a block below <!-- {kind} {name} -->. Its text would be:\n{text}");
            if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            {
                found.ForEach(block => Renew(block.Page, kind, name, text));
                return;
            }

            Assert.All(found, block => Assert.True(
                block.Text == text,
                $"docs/guide/{block.Page} shows other {kind} of '{name}'. UPDATE_SNAPSHOTS=1 renews the page; read the diff.\n"
                    + $"The page:\n{block.Text}\nThe code:\n{text}"));
        }
    }

    public static string At(string path, [CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", path));

    private static void Renew(string page, string kind, string name, string text)
    {
        var path = At($"docs/guide/{page}");
        File.WriteAllText(path, Block().Replace(File.ReadAllText(path), block =>
            block.Groups["kind"].Value == kind && block.Groups["name"].Value == name
                ? $"<!-- {kind} {name} -->\n{block.Groups["fence"].Value}\n{text}\n```\n"
                : block.Value));
    }

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(At("docs/guide"), "*.md").Order(StringComparer.Ordinal);

    [GeneratedRegex(
        @"^<!-- (?<kind>snippet|rows) (?<name>[\w-]+) -->\n(?<fence>```\w+)\n(?<text>.*?)\n?```\n",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
