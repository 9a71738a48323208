using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Codecs;
using Weir.Generators.Fuzz.Programs;
using Weir.Generators.Pipelines;

namespace Weir.Generators.Fuzz;

/// <summary>Many programs in one assembly, compiled with the generators and loaded.</summary>
internal static class FuzzCompilation
{
    private const string Head = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using Fuzzed.Shared;
        using Weir;
        using Weir.Generators.Fuzz;
        using static System.Math;
        using static Fuzzed.Shared.Known;
        using C = Fuzzed.Shared.Colour;

        #pragma warning disable
        namespace Fuzzed;


        """;

    private static readonly CSharpParseOptions Options = new CSharpParseOptions(LanguageVersion.Preview)
        .WithFeatures([new("InterceptorsNamespaces", "Weir.Generated")]);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly string Usings = "global using System; global using System.Collections.Generic; global using System.Linq;";

    private static int _count;

    /// <summary>What failed of each seed, an empty text for one that agrees; nothing for a program that is not C# by itself.</summary>
    public static IEnumerable<(int Seed, string? Failure)> Check(IReadOnlyList<int> seeds, bool isWide) =>
        Check(seeds.Select(seed => (Name(seed), RandomProgram.Of(seed, isWide))).ToDictionary())
            .Select(static result => (int.Parse(result.Name[1..], CultureInfo.InvariantCulture), result.Failure));

    /// <summary>The same of random streams.</summary>
    public static IEnumerable<(int Seed, string? Failure)> CheckStreams(IReadOnlyList<int> seeds) =>
        Check(seeds.ToDictionary(static seed => $"S{seed}", RandomStream.Of))
            .Select(static result => (int.Parse(result.Name[1..], CultureInfo.InvariantCulture), result.Failure));

    /// <summary>The same of programs: classes of these names with a method <c>Check</c>.</summary>
    public static IEnumerable<(string Name, string? Failure)> Check(
        IReadOnlyDictionary<string, string> programs, bool isStrict = false)
    {
        var trees = programs.ToDictionary(static one => one.Key, static one => Tree(Head + one.Value, $"{one.Key}.cs"));
        var bare = Bare(trees.Values);
        foreach (var name in programs.Keys)
        {
            var errors = bare.GetSemanticModel(trees[name]).GetDiagnostics()
                .Where(static one => one.Severity == DiagnosticSeverity.Error)
                .ToArray();
            if (errors.Length > 0)
            {
                bare = bare.RemoveSyntaxTrees(trees[name]);
                trees.Remove(name);
                yield return (name, isStrict || IsStrict ? $"{errors[0]}\n{LineOf(errors[0])}" : null);
            }
        }

        foreach (var result in Run(bare, trees))
        {
            yield return result;
        }
    }

    private static bool IsStrict => Environment.GetEnvironmentVariable("WEIR_FUZZ_INVALID") is not null;

    private static string Name(int seed) => string.Create(CultureInfo.InvariantCulture, $"P{seed}");

    private static IEnumerable<(string Name, string? Failure)> Run(CSharpCompilation bare, Dictionary<string, SyntaxTree> trees)
    {
        var (assembly, complaints) = Compile(bare);
        if (assembly is null && trees.Count > 1)
        {
            // One by one, to find which.
            return trees.SelectMany(one => Run(Bare([one.Value]), new() { [one.Key] = one.Value }));
        }

        return trees.Keys.AsParallel().WithDegreeOfParallelism(4).Select(name => (name, assembly is null ? complaints
            : (string?)assembly.GetType($"Fuzzed.{name}")!.GetMethod("Check")!.Invoke(null, [])));
    }

    private static CSharpCompilation Bare(IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
            $"Fuzzed{Interlocked.Increment(ref _count)}",
            [Tree(Usings, "Usings.cs"), Tree(Text("Prelude.txt"), "Prelude.cs"),
                Tree(Text("Prelude.txt").Split("namespace", 2)[0] + Text("StreamPrelude.txt"), "StreamPrelude.cs"), .. trees],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true));

    private static (Assembly? Assembly, string Complaints) Compile(CSharpCompilation before)
    {
        CSharpGeneratorDriver
            .Create([new PipelineGenerator().AsSourceGenerator(), new CodecGenerator().AsSourceGenerator()], parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(before, out var whole, out var ofGenerators);
        using var stream = new MemoryStream();
        var emitted = whole.Emit(stream);
        var complaints = emitted.Diagnostics.Concat(ofGenerators)
            .Where(static one => one.Severity >= DiagnosticSeverity.Error || one.Id is "CS8785" or "WEIR0004")
            .ToArray();
        if (complaints.Length > 0)
        {
            return (null, string.Join("\n", complaints.Take(5).Select(complaint => $"{complaint}\n{LineOf(complaint)}")));
        }

        stream.Position = 0;
        return (new AssemblyLoadContext(null).LoadFromStream(stream), "");
    }

    /// <summary>A library that a program refers to: its bytes, or what the compiler complains of, warnings too.</summary>
    public static (byte[] Image, string Complaints) Library(string name, string text, params byte[][] referenced)
    {
        var before = CSharpCompilation.Create(
            name,
            [Tree(Usings, "Usings.cs"), Tree(text, name + ".cs")],
            [.. References, .. referenced.Select(static image => MetadataReference.CreateFromImage(image))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
        CSharpGeneratorDriver
            .Create([new PipelineGenerator().AsSourceGenerator(), new CodecGenerator().AsSourceGenerator()], parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(before, out var whole, out var ofGenerators);
        using var stream = new MemoryStream();
        var complaints = whole.Emit(stream).Diagnostics.Concat(ofGenerators)
            .Where(static one => one.Severity >= DiagnosticSeverity.Warning);
        return (stream.ToArray(), string.Join("\n", complaints));
    }

    private static string LineOf(Diagnostic complaint) => complaint.Location.SourceTree is { } tree
        ? tree.GetText().Lines[complaint.Location.GetLineSpan().StartLinePosition.Line].ToString()
        : "";

    private static SyntaxTree Tree(string text, string path) => CSharpSyntaxTree.ParseText(text, Options, path, System.Text.Encoding.UTF8);

    /// <summary>The lines of a text of the assembly.</summary>
    public static string[] Lines(string name) =>
        [.. Text(name)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Replace("⏎", "\r\n", StringComparison.Ordinal))];

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
