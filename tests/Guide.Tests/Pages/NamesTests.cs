using System.Reflection;
using System.Text.RegularExpressions;

namespace Weir.Guide.Tests.Pages;

/// <summary>Names of ours that the guide's tables give are there.</summary>
public sealed partial class NamesTests
{
    private static readonly string[] OfTheLanguage = ["Order", "TState", "TKey", "TIn", "TOut", "TLeft", "TRight", "TValue", "T"];

    /// <summary>In the columns called <c>Weir</c>, <c>use</c>, <c>verb</c> and so on; a table of another engine's words has them elsewhere.</summary>
    [Fact]
    public void Each_name_in_a_column_of_ours_is_public()
    {
        var names = PublicNames();
        var missing = (
            from page in GuidePages.All()
            from cell in OurCells(File.ReadAllLines(page))
            from Match code in Code().Matches(cell)
            from Match name in Name().Matches(code.Value)
            where !names.Contains(name.Value) && !OfTheLanguage.Contains(name.Value)
            select $"{Path.GetFileName(page)}: {name.Value} in {code.Value}").ToList();
        Assert.True(missing.Count == 0, $"{missing.Count} names are nowhere:\n{string.Join('\n', missing)}");
    }

    private static IEnumerable<string> OurCells(string[] lines)
    {
        var column = -1;
        foreach (var (index, line) in lines.Index())
        {
            var cells = line.Split('|');
            if (!line.StartsWith('|'))
            {
                column = -1;
            }
            else if (index + 1 < lines.Length && lines[index + 1].StartsWith("|--", StringComparison.Ordinal))
            {
                column = Array.FindIndex(cells, cell => cell.Trim() is "Weir" or "use" or "verb" or "trigger" or "evictor" or "windows" or "state");
            }
            else if (column >= 0)
            {
                yield return cells[column];
            }
        }
    }

    private static HashSet<string> PublicNames() =>
    [
        .. from assembly in new[] { typeof(Job).Assembly, typeof(JobOptions).Assembly }
           from type in assembly.GetExportedTypes()
           from name in type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance).Select(member => member.Name)
               .Append(type.Name.Split('`')[0])
           select name,

        // Packages beside ours, whose public members are listed in files.
        .. from list in Directory.EnumerateFiles(GuidePages.At("src"), "PublicAPI.*.txt", SearchOption.AllDirectories)
           from Match name in Name().Matches(File.ReadAllText(list))
           select name.Value,
    ];

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Name();
}
