using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers;

/// <summary>Verbs of a compilation that no pipeline has come by when all have been read: they run interpreted.</summary>
/// <param name="compilation">The compilation.</param>
internal sealed class LooseChains(Compilation compilation)
{
    private readonly INamedTypeSymbol? _verbs = compilation.GetTypeByMetadataName("Weir.StreamVerbs");
    private readonly ConcurrentDictionary<SyntaxNode, VerbCall> _seen = new();
    private readonly ConcurrentDictionary<SyntaxNode, byte> _followed = new();
    private readonly ConcurrentDictionary<(FindingKind Kind, SyntaxNode At), Finding> _findings = new();

    /// <summary>Remembers a call that may be part of a loop.</summary>
    public void Look(OperationAnalysisContext context)
    {
        var call = (Microsoft.CodeAnalysis.Operations.IInvocationOperation)context.Operation;
        if (SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _verbs) && MayLoop(call.TargetMethod.Name))
        {
            _seen.TryAdd(call.Syntax, new VerbCall(call, call.Syntax, call.SemanticModel!));
        }
    }

    /// <summary>Takes away what a pipeline has come by.</summary>
    public void Follow(Follower follower)
    {
        foreach (var call in follower.Calls)
        {
            _followed.TryAdd(call.Verb.Syntax, 0);
        }
    }

    /// <summary>Keeps a finding until the end.</summary>
    public void Add(Finding finding) => _findings.TryAdd((finding.Kind, finding.At), finding);

    /// <summary>Reports what is left.</summary>
    public void Report(CompilationAnalysisContext context)
    {
        foreach (var finding in _findings.Values)
        {
            context.ReportDiagnostic(PipelineAnalyzer.Of(finding));
        }

        foreach (var call in _seen.Values.Where(call => !_followed.ContainsKey(call.Syntax) && IsFirst(call)))
        {
            context.ReportDiagnostic(PipelineAnalyzer.Of(new Finding(
                FindingKind.Interpreted, call.Name, WhyOf(call.Syntax), "mark the method that describes the pipeline [Pipeline]")));
        }
    }

    private static bool MayLoop(string verb) =>
        verb is "WithEventTime" or "KeyBy" or "GroupBy" or "Aggregate" || RecordVerb.Of(verb) is not null;

    // Once for each chain: at its first verb.
    private bool IsFirst(VerbCall call)
    {
        var stream = call.Inputs().FirstOrDefault() ?? call.Syntax;
        foreach (var before in stream.DescendantNodesAndSelf())
        {
            if (before != call.Syntax && _seen.ContainsKey(before) && !_followed.ContainsKey(before))
            {
                return false;
            }
        }

        return true;
    }

    private static string WhyOf(SyntaxNode call) =>
        call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            ? $"no [Pipeline] method comes by '{method.Identifier.ValueText}'"
            : "it stands outside of a [Pipeline] method";
}
