using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Analyzers.Summaries;
using Weir.Generators.Codecs;
using Weir.Generators.Pipelines;
using Weir.Generators.Rows;

namespace Weir.Bench.Generators;

/// <summary>What the generators cost: a keystroke at a time, and in a clean build.</summary>
internal static class GeneratorRuns
{
    /// <summary>A new driver with all generators of the package.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new PipelineGenerator().AsSourceGenerator(), new CodecGenerator().AsSourceGenerator(), new RowFormatGenerator().AsSourceGenerator()],
        parseOptions: Solution.Options);

    /// <summary>
    /// The driver's run over the compilation after an edit, transforms included. Parsing the edited file is the compiler's and not counted.
    /// </summary>
    public static IEnumerable<(string Name, double Value)> Keystrokes(int pipelines)
    {
        var compilation = Solution.Of(pipelines);
        var driver = Driver().RunGenerators(compilation);
        yield return ("nothing but the driver: a keystroke without generators", OfDriver(
            CSharpGeneratorDriver.Create([], parseOptions: Solution.Options).RunGenerators(compilation), compilation, Keystroke.Elsewhere[0]));
        foreach (var keystroke in Keystroke.Elsewhere.Concat(Keystroke.InPipelines).Concat(Keystroke.InRecords))
        {
            yield return (keystroke.Name, OfDriver(driver, compilation, keystroke));
        }
    }

    /// <summary>Binding, generating and emitting everything from parsed files, with the generators and without; files parsed anew.</summary>
    public static IEnumerable<(string Name, double Value)> CleanBuild(int pipelines)
    {
        var without = Cpu.Median(
            _ =>
            {
                var compilation = Solution.Of(pipelines);
                return () => Emit(compilation);
            });
        var generating = Cpu.Median(
            _ =>
            {
                var (compilation, driver) = (Solution.Of(pipelines), Driver());
                return () => driver.RunGenerators(compilation);
            });
        var with = Cpu.Median(
            _ =>
            {
                var (compilation, driver) = (Solution.Of(pipelines), Driver());
                return () =>
                {
                    driver.RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var complaints);
                    Emit(whole);
                    Check(complaints);
                };
            });
        yield return ("the compiler alone", without);
        yield return ("the generators alone", generating);
        yield return ("both, and compiling what was generated", with);
        yield return ("**a pipeline, over the compiler alone**", (with - without) / pipelines);
        yield return ("of which the generators", generating / pipelines);
    }

    // Each run has an edit of its own, behind the one before.
    private static double OfDriver(GeneratorDriver driver, CSharpCompilation compilation, Keystroke keystroke) => Cpu.Median(run =>
    {
        var edited = keystroke.Apply(compilation, run + 1);
        return () => driver = driver.RunGenerators(edited);
    });

    /// <summary>The list of a library's members that answer differently on replay: as its build makes it, and as an editor leaves it out.</summary>
    public static IEnumerable<(string Name, double Value)> Summaries(int pipelines)
    {
        var build = Cpu.Median(
            _ =>
            {
                var (compilation, driver) = (Solution.Of(pipelines), SummaryDriver([]));
                return () => driver.RunGenerators(compilation);
            });
        yield return ("a clean build", build);
        yield return ("of which a pipeline", build / pipelines);
        var solution = Solution.Of(pipelines);
        yield return ("a keystroke in a method elsewhere, in an editor", OfDriver(
            SummaryDriver(new() { ["build_property.DesignTimeBuild"] = "true" }).RunGenerators(solution),
            solution,
            Keystroke.Elsewhere[0]));
    }

    private static CSharpGeneratorDriver SummaryDriver(Dictionary<string, string> properties) => CSharpGeneratorDriver.Create(
        [new SummaryGenerator().AsSourceGenerator()], parseOptions: Solution.Options, optionsProvider: new BuildProperties(properties));

    private static void Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        Check(compilation.Emit(image).Diagnostics);
    }

    private static void Check(IEnumerable<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } complaint)
        {
            throw new InvalidOperationException($"The workload does not compile: {complaint}");
        }
    }
}
