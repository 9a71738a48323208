using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Analyzers;

/// <summary>
/// Calls of helper methods that pipelines come by, from code that none comes by: the loops of the method are for the pipelines.
/// </summary>
internal sealed class LooseCalls
{
    private readonly ConcurrentDictionary<SyntaxNode, IMethodSymbol> _seen = new();
    private readonly ConcurrentDictionary<SyntaxNode, byte> _entered = new();

    /// <summary>Remembers a call of a method of this project that takes or gives streams.</summary>
    public void Look(SyntaxNode call, IMethodSymbol method)
    {
        var whole = (method.ReducedFrom ?? method).OriginalDefinition;
        if (StreamTypes.AreIn(whole) && whole.DeclaringSyntaxReferences.Length == 1)
        {
            _seen.TryAdd(call, whole);
        }
    }

    /// <summary>Takes away what a pipeline has come by.</summary>
    public void Follow(Follower follower)
    {
        _entered.TryAdd(follower.Root, 0);
        foreach (var body in follower.Methods.Entered)
        {
            _entered.TryAdd(body, 0);
        }
    }

    /// <summary>Reports what is left.</summary>
    public void Report(CompilationAnalysisContext context)
    {
        foreach (var call in _seen.Where(call => !call.Key.Ancestors().Any(_entered.ContainsKey)))
        {
            var whole = call.Value.PartialImplementationPart ?? call.Value;
            var body = whole.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken);
            var isPipeline = TypeNames.Attribute(call.Value, "Weir.PipelineAttribute") is not null;
            if (!isPipeline && _entered.ContainsKey(body))
            {
                context.ReportDiagnostic(PipelineAnalyzer.Of(new Finding(
                    FindingKind.Interpreted,
                    CallName.Of(call.Key),
                    $"'{call.Value.Name}' is compiled for the [Pipeline] methods that come by it, and none comes by this call",
                    "mark the method that describes the pipeline [Pipeline]")));
            }
        }
    }
}
