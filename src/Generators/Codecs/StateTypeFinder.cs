using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Finds the types that a pipeline's records, keys and accumulators have: all that may cross an exchange or enter state.</summary>
internal static class StateTypeFinder
{
    /// <summary>
    /// The types in order of their place in the text; a type comes once for each place. Helper methods that are not generic are looked at
    /// by themselves.
    /// </summary>
    public static IEnumerable<StateTypeUse> Find(SyntaxNode pipeline, SemanticModel semantics, CancellationToken cancellation) =>
        new StateTypeReader(semantics, cancellation).Read(pipeline);

    /// <summary>
    /// Whether a call outside of <c>[Pipeline]</c> methods may store something, by its text alone: a verb that moves records between
    /// subtasks or keeps state, or a demand for a codec.
    /// </summary>
    public static bool MayStore(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => MayStore(call) && !IsInPipeline(node),
        GroupClauseSyntax => !IsInPipeline(node),
        _ => false,
    };

    /// <summary>What such a call stores, as far as its types are known.</summary>
    public static IEnumerable<StateTypeUse> OutsidePipelines(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { ContainingType: { } owner } method)
        {
            return [];
        }

        var reader = new StateTypeReader(semantics, cancellation);
        return (TypeNames.Definition(owner), method.Name) switch
        {
            ("Weir.StreamVerbs", "Aggregate") => call
                .DescendantNodesAndSelf(node => node != (call as InvocationExpressionSyntax)?.Expression)
                .OfType<InvocationExpressionSyntax>().SelectMany(reader.OfCall),
            ("Weir.StreamVerbs", _) => reader.OfCall(call).Where(static use => use.Need != CodecNeed.Passing),
            ("Weir.Codecs", _) or ("Weir.RecordFormats", "MessagePack")
                or ("Weir.SourceContext" or "Weir.SinkContext", "ListState") => reader.OfCall(call),
            _ => [],
        };
    }

    private static bool MayStore(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name: var name } => MayStore(name, isBehindDot: true),
        MemberBindingExpressionSyntax { Name: var name } => MayStore(name, isBehindDot: true),

        // By a static using.
        SimpleNameSyntax name => MayStore(name, isBehindDot: false),
        _ => false,
    };

    private static bool MayStore(SimpleNameSyntax name, bool isBehindDot) => name.Identifier.ValueText switch
    {
        var verb when Verbs.MayStore(verb) => true,
        "Of" or "Find" or "ListState" or "MessagePack" => isBehindDot && name is GenericNameSyntax,
        _ => false,
    };

    private static bool IsInPipeline(SyntaxNode node) => node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute =>
            (attribute.Name is QualifiedNameSyntax { Right: var right } ? right : attribute.Name).ToString() is "Pipeline"
                or "PipelineAttribute");
}
