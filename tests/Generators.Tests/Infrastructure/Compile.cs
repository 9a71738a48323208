using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace Weir.Generators.Tests.Infrastructure;

/// <summary>Compilations of a user's file against what this process runs on: no reference packs to fetch.</summary>
internal static class Compile
{
    private static readonly CSharpParseOptions Options = new CSharpParseOptions(LanguageVersion.CSharp13)
        .WithFeatures([new("InterceptorsNamespaces", "Weir.Generated")]);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    // What <ImplicitUsings> gives every user.
    private static readonly SyntaxTree Usings = Tree(
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
            + "System.Threading; global using System.Threading.Tasks;",
        "GlobalUsings.cs");

    /// <summary>A library of one file, nullable and with warnings as errors, as our own.</summary>
    public static CSharpCompilation Source([StringSyntax("c#-test")] string source) => CSharpCompilation.Create(
        "Probe",
        [Usings, Tree(source)],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            generalDiagnosticOption: ReportDiagnostic.Error,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

    public static string UsingsText => Usings.ToString();

    /// <summary>Lets a test of an analyzer or a fix compile against what this process runs on.</summary>
    public static void Prepare(AnalyzerTest<DefaultVerifier> test)
    {
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
        test.TestState.AdditionalReferences.AddRange(References);
        test.TestState.Sources.Add(("GlobalUsings.cs", UsingsText));
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(project, Options));
    }

    public static SyntaxTree Tree(
        [StringSyntax("c#-test")] string source, string path = "Probe.cs", LanguageVersion version = LanguageVersion.CSharp13) =>
        CSharpSyntaxTree.ParseText(source, Options.WithLanguageVersion(version), path, System.Text.Encoding.UTF8);

    /// <summary>The same library after its one file was edited.</summary>
    public static CSharpCompilation Edited(this CSharpCompilation compilation, [StringSyntax("c#-test")] string source) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(tree => tree.FilePath == "Probe.cs"), Tree(source));

    public static GeneratorDriver Run(this CSharpCompilation compilation, params IIncrementalGenerator[] generators) =>
        CSharpGeneratorDriver.Create(
                generators.Select(generator => generator.AsSourceGenerator()),
                parseOptions: Options,
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGenerators(compilation);

    /// <summary>All that was generated, file after file in ordinal order of their names.</summary>
    public static string Text(this GeneratorDriver driver) => string.Join(
        '\n',
        driver.GetRunResult().GeneratedTrees
            .OrderBy(tree => Path.GetFileName(tree.FilePath), StringComparer.Ordinal)
            .Select(tree => $"//// {Path.GetFileName(tree.FilePath)}\n{tree}"));

    /// <summary>
    /// What the compiler has to say of the source together with what was generated for it; empty is the only good answer.
    /// </summary>
    public static ImmutableArray<Diagnostic> Complaints(this CSharpCompilation compilation, params IIncrementalGenerator[] generators)
    {
        CSharpGeneratorDriver.Create(generators.Select(generator => generator.AsSourceGenerator()), parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var ofGenerator);
        return [.. ofGenerator, .. whole.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }

    /// <summary>Why each output of a tracked step was made, after an edit.</summary>
    public static IncrementalStepRunReason[] Reasons(
        this CSharpCompilation before, string edited, string step, IIncrementalGenerator generator)
    {
        var result = before.Run(generator).RunGenerators(before.Edited(edited)).GetRunResult().Results.Single();
        return [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];
    }
}
