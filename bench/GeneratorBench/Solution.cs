using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Bench.Generators;

/// <summary>Compilations of the workload against reference assemblies, as a user's build has them.</summary>
internal static class Solution
{
    /// <summary>What the package's props set.</summary>
    public static CSharpParseOptions Options { get; } = new CSharpParseOptions(LanguageVersion.CSharp13)
        .WithFeatures([new("InterceptorsNamespaces", "Weir.Generated")]);

    private static readonly MetadataReference[] References =
        [.. ReferenceAssemblies()
            .Concat([typeof(Job).Assembly.Location, typeof(JobOptions).Assembly.Location])
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "MessagePack*.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>All files parsed anew.</summary>
    public static CSharpCompilation Of(int pipelines) => CSharpCompilation.Create(
        "Shop",
        Workload.Files(pipelines).Select(static file => Parse(file.Path, file.Text)),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

    /// <summary>The same with another text in one file, which the parser reads incrementally, as in an editor.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string path, string from, string to)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        var text = tree.GetText();
        var at = text.ToString().IndexOf(from, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"'{from}' is not in {path}", nameof(from))
            : compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(at, from.Length), to))));
    }

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), Options, path);

    private static IEnumerable<string> ReferenceAssemblies()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        var version = Environment.Version.ToString(2);
        var pack = Directory.Exists(packs)
            ? Directory.EnumerateDirectories(packs, version + ".*").Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        return Directory.EnumerateFiles(
            pack is null ? throw new DirectoryNotFoundException($"No reference assemblies of .NET {version} in {packs}")
                : Path.Combine(pack, "ref", "net" + version),
            "*.dll");
    }
}
