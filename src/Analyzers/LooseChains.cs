using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Analyzers;

/// <summary>Verbs of a compilation that no pipeline has come by when all have been read: they run interpreted.</summary>
/// <param name="compilation">The compilation.</param>
internal sealed class LooseChains(Compilation compilation)
{
    private readonly INamedTypeSymbol? _verbs = compilation.GetTypeByMetadataName("Weir.StreamVerbs");
    private readonly ConcurrentDictionary<SyntaxNode, VerbCall> _seen = new();
    private readonly ConcurrentDictionary<SyntaxNode, byte> _followed = new();
    private readonly LooseCalls _calls = new();
    private readonly ConcurrentDictionary<(FindingKind Kind, SyntaxNode At), Finding> _findings = new();
    private readonly ConcurrentDictionary<(FindingKind Kind, SyntaxNode At), byte> _said = new();

    /// <summary>Remembers a call that may be part of a loop, and reports one that leads to another project.</summary>
    public void Look(OperationAnalysisContext context)
    {
        if (context.Operation is IMethodReferenceOperation group)
        {
            if (IsLoopVerb(group.Method))
            {
                context.ReportDiagnostic(PipelineAnalyzer.Of(new Finding(
                    FindingKind.Interpreted,
                    CallName.Of(group.Syntax),
                    "the verb is handed over as a method group, and who calls it is not followed",
                    "call the verb")));
            }

            ReportForeign(context, group.Method);
        }
        else if (context.Operation is IInvocationOperation call)
        {
            if (IsLoopVerb(call.TargetMethod))
            {
                _seen.TryAdd(call.Syntax, new VerbCall(call, call.Syntax, call.SemanticModel!));
            }

            ReportForeign(context, call.TargetMethod);
            _calls.Look(call.Syntax, call.TargetMethod);
        }
        else if (context.Operation is IDynamicInvocationOperation { Operation: IDynamicMemberReferenceOperation member } late
            && SymbolEqualityComparer.Default.Equals(member.ContainingType, _verbs) && Verbs.MayLoop(member.MemberName))
        {
            context.ReportDiagnostic(PipelineAnalyzer.Of(new Finding(
                FindingKind.Interpreted,
                CallName.Of(late.Syntax),
                "its stream is 'dynamic', and nobody knows before it runs which verb is called",
                "call the verb on a stream")));
        }
    }

    /// <summary>Takes away what a pipeline has come by.</summary>
    public void Follow(Follower follower)
    {
        _calls.Follow(follower);
        foreach (var call in follower.Calls)
        {
            _followed.TryAdd(call.Verb.Syntax, 0);
        }
    }

    /// <summary>Keeps a finding until the end.</summary>
    public void Add(Finding finding) => _findings.TryAdd((finding.Kind, finding.At), finding);

    /// <summary>Whether nobody has said it yet: pipelines that share a helper method find the same there.</summary>
    public bool IsNew(Finding finding) => _said.TryAdd((finding.Kind, finding.At), 0);

    /// <summary>Reports what is left.</summary>
    public void Report(CompilationAnalysisContext context)
    {
        _calls.Report(context);
        foreach (var finding in _findings.Values.Where(IsNew))
        {
            context.ReportDiagnostic(PipelineAnalyzer.Of(finding));
        }

        foreach (var chain in _seen.Values.Where(call => !_followed.ContainsKey(call.Syntax)).GroupBy(FirstOf))
        {
            var around = chain.Key.Model.GetEnclosingSymbol(chain.Key.Syntax.SpanStart, context.CancellationToken);
            if (IsRefused(around))
            {
                // It is marked, and a rule of its own says why it is no pipeline.
                continue;
            }

            var (why, cure) = WhyOf(chain.Key, context.CancellationToken);
            var first = new Finding(FindingKind.Interpreted, chain.Key.Name, why, cure);
            context.ReportDiagnostic(PipelineAnalyzer.Of(first, chain.Where(call => call != chain.Key).Select(static call => call.Name)));
        }
    }

    private static bool IsRefused(ISymbol? symbol)
    {
        for (var around = symbol as IMethodSymbol; around is not null; around = around.ContainingSymbol as IMethodSymbol)
        {
            if (PipelineShape.FaultsOf(around).Length > 0
                && TypeNames.Attribute(around, "Weir.PipelineAttribute") is not null)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsLoopVerb(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType, _verbs) && Verbs.MayLoop(method);

    private void ReportForeign(OperationAnalysisContext context, IMethodSymbol method)
    {
        var whole = (method.ReducedFrom ?? method).OriginalDefinition;
        if (whole.MethodKind is MethodKind.Ordinary && StreamTypes.AreStreamsIn(whole)
            && !SymbolEqualityComparer.Default.Equals(whole.ContainingAssembly, compilation.Assembly)
            && !SymbolEqualityComparer.Default.Equals(whole.ContainingAssembly, _verbs?.ContainingAssembly))
        {
            context.ReportDiagnostic(PipelineAnalyzer.Of(new Finding(
                FindingKind.Interpreted,
                CallName.Of(context.Operation.Syntax),
                $"'{whole.Name}' belongs to another project, and its verbs are not read here",
                "move the method into this project")));
        }
    }

    // It is said once for each chain: at its first verb.
    private VerbCall FirstOf(VerbCall call)
    {
        var stream = call.Inputs().FirstOrDefault();
        foreach (var before in stream?.DescendantNodesAndSelf() ?? [])
        {
            if (before != call.Syntax && !_followed.ContainsKey(before) && _seen.TryGetValue(before, out var earlier))
            {
                return FirstOf(earlier);
            }
        }

        return call;
    }

    private static (string Why, string Cure) WhyOf(VerbCall call, CancellationToken cancellation)
    {
        if (call.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is BasePropertyDeclarationSyntax property
            && !property.Ancestors().OfType<MethodDeclarationSyntax>().Any())
        {
            return ("it stands in a property, and properties are not followed", "make it a method that a [Pipeline] method calls");
        }

        if (call.Syntax.Ancestors().OfType<LambdaExpressionSyntax>().Any(lambda => MethodFollower.IsTree(lambda, call.Model, cancellation)))
        {
            return ("it stands in an expression tree, which is data to the compiler", "make it a delegate");
        }

        if (call.Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            return ("it stands outside of a [Pipeline] method", "mark the method that describes the pipeline [Pipeline]");
        }

        // A method that takes a stream or gives one is part of a pipeline, and cannot be marked itself.
        var name = method.Identifier.ValueText;
        return call.Model.GetDeclaredSymbol(method, cancellation) is IMethodSymbol symbol
            && (StreamTypes.AreStreamsIn(symbol) || (StreamTypes.AreIn(symbol) && !symbol.ReturnsVoid))
            ? ($"no [Pipeline] method comes by '{name}' on a way that can be followed",
                "call it by its name from one: not through an interface, a virtual method, a delegate or an iterator")
            : ($"no [Pipeline] method comes by '{name}'", "mark the method that describes the pipeline [Pipeline]");
    }
}
