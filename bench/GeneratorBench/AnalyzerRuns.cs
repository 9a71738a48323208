using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers;

namespace Weir.Bench.Generators;

/// <summary>What the analyzers cost: in the document that is being typed in, as an editor asks, and in a whole build.</summary>
internal static class AnalyzerRuns
{
    public static IEnumerable<(string Name, double Value)> All(int pipelines)
    {
        var compilation = Solution.Of(pipelines);
        foreach (var keystroke in new[] { Keystroke.Elsewhere[0], Keystroke.Elsewhere[3], Keystroke.InPipelines[0] })
        {
            var compiler = OfDocument(compilation, keystroke, []);
            yield return ($"{keystroke.Name}: the compiler's own diagnostics of the document", compiler);
            foreach (var analyzer in Analyzers())
            {
                yield return ($"{keystroke.Name}: {analyzer.GetType().Name} over that", OfDocument(compilation, keystroke, [analyzer]) - compiler);
            }
        }

        var alone = OfWhole(pipelines, []);
        yield return ("the whole compilation: the compiler's own diagnostics", alone);
        foreach (var analyzer in Analyzers())
        {
            yield return ($"the whole compilation: {analyzer.GetType().Name} over that", OfWhole(pipelines, [analyzer]) - alone);
        }
    }

    /// <summary>Every analyzer of the package.</summary>
    private static IEnumerable<DiagnosticAnalyzer> Analyzers() => typeof(PipelineAnalyzer).Assembly.GetTypes()
        .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
        .OrderBy(static type => type.Name, StringComparer.Ordinal)
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

    private static double OfDocument(CSharpCompilation compilation, Keystroke keystroke, DiagnosticAnalyzer[] analyzers) =>
        Cpu.Median(run =>
        {
            var edited = keystroke.Apply(compilation, run + 1);
            var tree = edited.SyntaxTrees.Single(tree => tree.FilePath == keystroke.Path);
            return () =>
            {
                var model = edited.GetSemanticModel(tree);
                model.GetDiagnostics();
                if (analyzers.Length > 0)
                {
                    var with = edited.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(
                        new AnalyzerOptions([]), Failed, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
                    with.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None).GetAwaiter().GetResult();
                    with.GetAnalyzerSemanticDiagnosticsAsync(model, null, CancellationToken.None).GetAwaiter().GetResult();
                }
            };
        });

    private static double OfWhole(int pipelines, ImmutableArray<DiagnosticAnalyzer> analyzers) => Cpu.Median(
        _ =>
        {
            var compilation = Solution.Of(pipelines);
            return () =>
            {
                if (analyzers.Length == 0)
                {
                    compilation.GetDiagnostics();
                    return;
                }

                var with = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                    new AnalyzerOptions([]), Failed, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
                with.GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
            };
        });

    private static void Failed(Exception failure, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer.GetType().Name} failed", failure);
}
