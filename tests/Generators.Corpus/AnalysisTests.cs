using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>What the package brings adds no warning to a project, however strict that is.</summary>
public sealed class AnalysisTests
{
    // Every third program; all of them by WEIR_ALL_SETTINGS=1, which takes minutes.
    public static TheoryData<string> Names => [.. Every(3).Select(static program => program.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task All_analyzers_of_the_SDK_find_no_fault_with_generated_code(string name)
    {
        var built = Builder.Of(CorpusProgram.All.Single(program => program.Name == name));

        Assert.Empty((await Visible(built.Compilation)).Where(said => IsInGenerated(said)).Select(static said => said.ToString()));
    }

    [Fact]
    public async Task All_analyzers_of_the_SDK_say_no_more_of_the_users_code_than_without_us()
    {
        foreach (var program in Every(6))
        {
            var built = Builder.Of(program);
            var own = built.Compilation.SyntaxTrees.Where(static tree => !Builder.IsGenerated(tree));
            var without = built.Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(own);

            var known = (await Visible(without)).Select(static said => said.ToString()).ToHashSet();
            var added = (await Visible(built.Compilation)).Select(static said => said.ToString()).Where(said => !known.Contains(said));

            Assert.True(known.Count > 0, $"{program}: the analyzers are asleep.");
            Assert.Empty(added);
        }
    }

    [Fact]
    public async Task The_analyzers_look_at_generated_code_that_is_not_marked_as_such()
    {
        var built = Builder.Of(CorpusProgram.All[0]);
        var unmarked = built.Compilation;
        foreach (var tree in built.Compilation.SyntaxTrees.Where(Builder.IsGenerated))
        {
            var text = Regex.Replace(tree.ToString(), "#pragma warning disable|auto-generated", "");
            unmarked = unmarked.ReplaceSyntaxTree(
                tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, "Weir.Generators/Plain.cs"));
        }

        Assert.Contains(await Visible(unmarked), static said => IsInGenerated(said));
    }

    private static IEnumerable<CorpusProgram> Every(int number) => CorpusProgram.All.Where((_, index) =>
        index % number == 0 || Environment.GetEnvironmentVariable("WEIR_ALL_SETTINGS") is not null);

    private static async Task<IEnumerable<Diagnostic>> Visible(Compilation compilation) => (await SdkAnalyzers.Of(compilation))
        .Where(static said => !said.IsSuppressed && said.Severity > DiagnosticSeverity.Hidden);

    private static bool IsInGenerated(Diagnostic said) => said.Location.SourceTree is { } tree && Builder.IsGenerated(tree);
}
