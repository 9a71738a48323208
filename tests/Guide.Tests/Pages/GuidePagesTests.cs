using System.Text.RegularExpressions;

namespace Weir.Guide.Tests.Pages;

/// <summary>The guide shows code that has been compiled and run, and nothing else.</summary>
public sealed class GuidePagesTests
{
    [Fact]
    public void Each_block_of_code_is_the_snippet_that_its_comment_names()
    {
        var blocks = GuidePages.Blocks("snippet").ToList();
        Assert.NotEmpty(blocks);
        foreach (var (page, name, _) in blocks)
        {
            Assert.True(Snippets.All.ContainsKey(name), $"docs/guide/{page} shows '{name}', which is no snippet of tests/Guide.Tests");
            GuidePages.Compare("snippet", name, Snippets.All[name]);
        }
    }

    [Fact]
    public void No_block_of_code_is_without_a_comment() => Assert.All(
        GuidePages.CodeBlocks(),
        page => Assert.Equal(
            $"{page.Page}: {GuidePages.Blocks("snippet").Count(block => block.Page == page.Page)} blocks",
            $"{page.Page}: {page.Count} blocks"));

    [Fact]
    public void Each_snippet_stands_on_a_page() => Assert.Empty(
        Snippets.All.Keys.Except(GuidePages.Blocks("snippet").Select(block => block.Name)));

    /// <summary>Rows are compared by the test that runs the snippet; a page may not show any that no test makes.</summary>
    [Fact]
    public void Rows_are_shown_of_snippets_that_a_test_runs()
    {
        var code = Snippets.Code();
        Assert.All(
            GuidePages.Blocks("rows"),
            rows => Assert.True(
                Regex.IsMatch(code, $@"Shows(<.*>)?\(\s*(""[\w-]+"", )?""{rows.Name}"""),
                $"no test runs '{rows.Name}', whose rows {rows.Page} shows"));
    }

    /// <summary>Pages that compare, and the index, have no pipeline of their own.</summary>
    [Fact]
    public void Each_page_of_a_feature_shows_a_snippet() => Assert.Empty(GuidePages.CodeBlocks()
        .Where(page => page.Count == 0 && page.Page is not ("README.md" or "coming-from.md"))
        .Select(page => page.Page));

    [Fact]
    public void The_index_leads_to_each_page()
    {
        var index = File.ReadAllText(GuidePages.At("docs/guide/README.md"));
        Assert.DoesNotContain(
            GuidePages.All().Select(Path.GetFileName),
            page => page != "README.md" && !index.Contains($"({page}", StringComparison.Ordinal));
    }
}
