using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Weir.Generators.Pipelines;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>Compiles programs as a user's build does: reference assemblies, generators, analyzers and interceptors.</summary>
internal static class Builder
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
            + "System.Threading; global using System.Threading.Tasks;";

    private static readonly ConcurrentDictionary<string, Lazy<Built>> Done = new();

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Sdk.References
            .Append(typeof(Job).Assembly.Location)
            .Append(typeof(JobOptions).Assembly.Location)
            .Append(typeof(MessagePack.MessagePackWriter).Assembly.Location)
            .Append(typeof(Weir.Corpus.Feed).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    // Compilations that come from one share what they know of the reference assemblies.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Program", references: References);

    private static readonly IIncrementalGenerator[] Generators = [.. typeof(PipelineGenerator).Assembly.GetTypes()
        .Concat(typeof(Weir.Analyzers.PipelineAnalyzer).Assembly.GetTypes())
        .Where(static type => typeof(IIncrementalGenerator).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(static type => (IIncrementalGenerator)Activator.CreateInstance(type)!)];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. typeof(Weir.Analyzers.PipelineAnalyzer).Assembly.GetTypes()
        .Where(static type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>Gets the rules that stop a build.</summary>
    public static IReadOnlySet<string> Errors { get; } = Analyzers
        .SelectMany(static analyzer => analyzer.SupportedDiagnostics)
        .Where(static rule => rule.DefaultSeverity == DiagnosticSeverity.Error)
        .Select(static rule => rule.Id)
        .ToHashSet();

    /// <summary>Whether a file was written by one of our generators.</summary>
    public static bool IsGenerated(SyntaxTree tree) => tree.FilePath.StartsWith("Weir.Generators", StringComparison.Ordinal);

    /// <summary>The program, compiled once for all tests.</summary>
    public static Built Of(CorpusProgram program) =>
        Done.GetOrAdd(program.Name, _ => new Lazy<Built>(() => Build(program.Files, program.Settings))).Value;

    /// <summary>Compiles files.</summary>
    /// <param name="files">Paths and texts; those in <c>lib/</c> are an assembly of their own.</param>
    /// <param name="settings">What a project file would say.</param>
    public static Built Build(IReadOnlyList<(string Path, string Text)> files, IReadOnlyDictionary<string, string> settings)
    {
        var library = files.Where(static file => file.Path.StartsWith("lib/", StringComparison.Ordinal)).ToArray();
        if (library.Length == 0)
        {
            return Compile("Program", files, settings, OutputKind.ConsoleApplication, References);
        }

        var below = Compile("Library", library, settings, OutputKind.DynamicallyLinkedLibrary, References);
        if (below.Images.Count == 0)
        {
            return below;
        }

        var above = Compile(
            "Program", [.. files.Except(library)], settings, OutputKind.ConsoleApplication,
            References.Add(MetadataReference.CreateFromImage(below.Images[0].Assembly)));
        return above with
        {
            Diagnostics = below.Diagnostics.AddRange(above.Diagnostics),
            Images = [.. below.Images, .. above.Images],
            Library = below.Compilation,
        };
    }

    private static Built Compile(
        string name,
        IReadOnlyList<(string Path, string Text)> files,
        IReadOnlyDictionary<string, string> settings,
        OutputKind kind,
        ImmutableArray<MetadataReference> references)
    {
        var parsing = ParseOptionsOf(settings);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, parsing, file.Path, Encoding.UTF8)).ToList();
        if (parsing.LanguageVersion >= LanguageVersion.CSharp10 && !settings.ContainsKey("noimplicitusings"))
        {
            trees.Add(CSharpSyntaxTree.ParseText(Usings, parsing, "GlobalUsings.g.cs", Encoding.UTF8));
        }

        var compilation = (name == "Program" ? Empty : Empty.WithAssemblyName(name)).WithOptions(OptionsOf(settings, kind)).AddSyntaxTrees(trees);
        compilation = references == References ? compilation : compilation.WithReferences(references);
        CSharpGeneratorDriver.Create(
                [.. Generators.Select(static generator => generator.AsSourceGenerator())],
                parseOptions: parsing,
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, false, settings.GetValueOrDefault("pathmap")))
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var ofGenerators);
        var ofAnalyzers = whole.WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = whole.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return new Built(
            whole,
            [.. ofGenerators, .. ofAnalyzers, .. emitted.Diagnostics],
            emitted.Success ? [new Image(assembly.ToArray(), symbols.ToArray())] : []);
    }

    private static LanguageVersion VersionOf(IReadOnlyDictionary<string, string> settings) =>
        LanguageVersionFacts.TryParse(settings.GetValueOrDefault("langversion", "default"), out var version)
            ? version
            : throw new ArgumentException("The program names a language version that is none.", nameof(settings));

    private static CSharpParseOptions ParseOptionsOf(IReadOnlyDictionary<string, string> settings)
    {
        return new CSharpParseOptions(VersionOf(settings), DocumentationMode.Diagnose).WithFeatures(settings.ContainsKey("nointerceptors")
            ? []
            : [new("InterceptorsNamespaces", ";Microsoft.AspNetCore.Http.Generated;Weir.Generated")]);
    }

    private static CSharpCompilationOptions OptionsOf(IReadOnlyDictionary<string, string> settings, OutputKind kind)
    {
        var nullable = settings.GetValueOrDefault("nullable", "enable") switch
        {
            "disable" => NullableContextOptions.Disable,
            "annotations" => NullableContextOptions.Annotations,
            _ => NullableContextOptions.Enable,
        };
        if (VersionOf(settings).MapSpecifiedToEffectiveVersion() < LanguageVersion.CSharp8)
        {
            nullable = NullableContextOptions.Disable;
        }

        // As the command line does: paths are mapped by what resolves them.
        var map = settings.TryGetValue("pathmap", out var folder) ? ImmutableArray.Create(new KeyValuePair<string, string>(folder, "/_/")) : [];
        return new CSharpCompilationOptions(
            kind,
            sourceReferenceResolver: new SourceFileResolver([], baseDirectory: folder, map),
            optimizationLevel: settings.ContainsKey("debug") ? OptimizationLevel.Debug : OptimizationLevel.Release,
            checkOverflow: settings.ContainsKey("checked"),
            allowUnsafe: settings.ContainsKey("unsafe"),
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            nullableContextOptions: nullable,
            deterministic: true,
            specificDiagnosticOptions:
            [
                // Determinism has a corpus of its own, and these programs write numbers as people do.
                new("WEIR1005", ReportDiagnostic.Suppress),
                new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress), new("CS1591", ReportDiagnostic.Suppress),
            ]);
    }
}
