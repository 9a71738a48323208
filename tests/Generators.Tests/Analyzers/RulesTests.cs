using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>What every rule owes its reader.</summary>
public sealed partial class RulesTests
{
    private static readonly DiagnosticDescriptor[] All =
        [.. typeof(PipelineAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics),
            GeneratorBug.Rule];

    [Fact]
    public void Ids_are_unique_and_of_a_family()
    {
        Assert.NotEmpty(All);
        Assert.Equal(All.Length, All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(All, rule => Assert.Matches(Family(), rule.Id));
    }

    [Fact]
    public void Each_rule_has_a_page_that_names_it() => Assert.All(All, rule =>
    {
        Assert.Equal($"https://github.com/weir-stream/weir/blob/main/docs/rules/{rule.Id}.md", rule.HelpLinkUri);
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", rule.Id + ".md"));
        Assert.StartsWith($"# {rule.Id}: {rule.Title}", page, StringComparison.Ordinal);
    });

    [Fact]
    public void Each_page_is_of_a_rule() => Assert.Equal(
        All.Select(rule => rule.Id).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Root(), "docs", "rules"), "WEIR*.md").Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("^WEIR[0-3][0-9]{3}$")]
    private static partial Regex Family();
}
