using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>What the pages say of the repository must be so.</summary>
public sealed partial class PagesTests
{
    [Fact]
    public void Every_relative_link_leads_to_something() => Offenders.None(
        from page in Repository.Pages()
        from link in Markdown.LinksOf(page)
        where !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith("mailto:", StringComparison.Ordinal)
        where !Leads(page, link.Target)
        select $"{Repository.NameOf(page)}:{link.Line} links to {link.Target}, which is not there");

    [Fact]
    public void Code_that_a_page_quotes_stands_in_a_file_that_is_compiled() => Offenders.None(
        from page in Repository.Pages()
        from quote in Markdown.QuotesOf(page)
        where quote.Lines.Count == 0 || !Holds(File.ReadAllLines(Repository.At(quote.File)), quote.Lines)
        select $"{Repository.NameOf(page)} quotes {quote.File}, which does not say '{quote.Lines.FirstOrDefault()}' and what follows");

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        var found = new HashSet<string>();
        var toRead = new Queue<string>([Repository.At("README.md")]);
        while (toRead.TryDequeue(out var page))
        {
            if (found.Add(page) && page.EndsWith(".md", StringComparison.Ordinal))
            {
                foreach (var link in Markdown.LinksOf(page).Select(link => TargetOf(page, link.Target)).Where(Path.Exists))
                {
                    // A link to a folder shows its files.
                    var files = Directory.Exists(link) ? Directory.EnumerateFiles(link, "*.md") : [link];
                    files.ToList().ForEach(toRead.Enqueue);
                }
            }
        }

        Offenders.None(Repository.Files("docs", "*.md").Except(found).Select(Repository.NameOf));
    }

    [Fact]
    public void Every_name_of_code_in_the_glossary_is_there()
    {
        var code = Repository.Files("src", "*.cs")
            .SelectMany(file => Identifier().Matches(File.ReadAllText(file)))
            .Select(name => name.Value)
            .ToHashSet();
        Offenders.None(
            from row in File.ReadLines(Repository.At("docs/glossary.md"))
            let columns = row.Split('|')
            where columns.Length == 5
            from Match quoted in Quoted().Matches(columns[3])
            from Match name in Identifier().Matches(quoted.Value)
            where !code.Contains(name.Value)
            select $"the glossary says that '{columns[1].Trim()}' is {name.Value}, which is nowhere in src");
    }

    private static bool Leads(string page, string target)
    {
        var file = TargetOf(page, target);
        var anchor = target.Split('#').ElementAtOrDefault(1);
        return Path.Exists(file) && (anchor is null || Markdown.AnchorsOf(file).Contains(anchor));
    }

    private static string TargetOf(string page, string target) => target.StartsWith('#')
        ? page
        : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0]));

    private static bool Holds(string[] file, List<string> quote) => Enumerable
        .Range(0, Math.Max(0, file.Length - quote.Count + 1))
        .Any(start => quote.Index().All(line => line.Item.Trim() == file[start + line.Index].Trim()));

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Identifier();
}
