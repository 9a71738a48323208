using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Codecs;
using Weir.Generators.Pipelines;
using Weir.Generators.Reading;
using Weir.Generators.Rows;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Reading;

/// <summary>A small program of several files, and all generators over it.</summary>
internal static class Solution
{
    public static CSharpCompilation Of(params (string Path, string Text)[] files) => Compile.Source("")
        .RemoveAllSyntaxTrees()
        .AddSyntaxTrees(Compile.Tree(Compile.UsingsText, "GlobalUsings.cs"))
        .AddSyntaxTrees(files.Select(file => Compile.Tree(file.Text, file.Path)));

    /// <summary>The same with another text in one file, and all other trees as they were.</summary>
    public static CSharpCompilation With(this CSharpCompilation compilation, string path, Func<string, string> edit)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        var text = tree.ToString();
        var edited = edit(text);
        Assert.NotEqual(text, edited);
        return compilation.ReplaceSyntaxTree(tree, Compile.Tree(edited, path));
    }

    public static GeneratorDriver Driver(SiteMemo memo) => CSharpGeneratorDriver.Create(
        [
            new PipelineGenerator(memo).AsSourceGenerator(),
            new CodecGenerator(memo).AsSourceGenerator(),
            new RowFormatGenerator(memo).AsSourceGenerator(),
        ],
        parseOptions: (CSharpParseOptions)Compile.Tree("").Options);

    /// <summary>All that the generators write and report.</summary>
    public static string Everything(this GeneratorDriver driver)
    {
        var result = driver.GetRunResult();
        Assert.All(result.Results, generator => Assert.Null(generator.Exception));
        return string.Join(
            '\n',
            result.GeneratedTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).Select(tree => $"//// {tree.FilePath}\n{tree}")
                .Concat(result.Diagnostics.Select(diagnostic => diagnostic.ToString())));
    }
}
