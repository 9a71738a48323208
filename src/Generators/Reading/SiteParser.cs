using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Codecs;
using Weir.Generators.Infrastructure;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Rows;
using Weir.Generators.Types;

namespace Weir.Generators.Reading;

/// <summary>
/// The one parse that all generators share: a declaration is bound once, and everything that they want to know of it is read from that.
/// </summary>
internal static class SiteParser
{
    private const string PipelineAttribute = "Weir.PipelineAttribute";
    private const string CodecAttribute = "Weir.GenerateCodecAttribute";

    /// <summary>Reads a site. What fails where nothing of its own is expected to fail costs the site, and no other.</summary>
    public static FoundSiteModel ParseGuarded(SiteCandidate site, SemanticModel model, CancellationToken cancellation)
    {
        try
        {
            Faults.At($"the site at {site.Node.SpanStart}");
            return Parse(site, model, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var line = site.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            var bug = GeneratorBugModel.OfPipeline(failure, "reading", SiteSlot.TitleOf(site.Node), site.Node.SyntaxTree.FilePath, line);
            return FoundSiteModel.Failed(bug);
        }
    }

    private static FoundSiteModel Parse(SiteCandidate site, SemanticModel model, CancellationToken cancellation)
    {
        FoundPipelineModel? pipeline = null;
        FoundTypesModel? stored = null;
        FoundTypesModel? marked = null;
        FoundStatesModel? states = null;
        foreach (var node in Attributed(site.Node))
        {
            if (model.GetDeclaredSymbol(node, cancellation) is not { } symbol)
            {
                continue;
            }

            if (TypeNames.Attribute(symbol, PipelineAttribute) is not null)
            {
                pipeline ??= node is MethodDeclarationSyntax method && symbol is IMethodSymbol declared
                    ? Pipeline(declared, method, model, cancellation)
                    : null;
                stored ??= CodecParser.ParsePipeline(node, symbol, model, cancellation);
            }

            if (TypeNames.Attribute(symbol, CodecAttribute) is not null)
            {
                marked ??= CodecParser.ParseType(node, symbol, model, cancellation);
            }
        }

        if (site.MayKeepState && site.Node is ClassDeclarationSyntax type
            && model.GetDeclaredSymbol(type, cancellation) is INamedTypeSymbol keeping)
        {
            states = StateClassParser.Parse(type, keeping, model, cancellation);
        }

        return new FoundSiteModel
        {
            Pipeline = pipeline,
            Stored = stored,
            Marked = marked,
            States = states,
            Calls = new([.. Calls(site)
                .Where(StateTypeFinder.MayStore)
                .Select(call => CodecParser.ParseCall(call, model, cancellation))
                .Where(static found => found.Types.Count > 0 || found.Constructions.Count > 0 || found.Bug is not null)]),
            Rows = new([.. Nodes(site)
                .Where(RowCalls.MayBe)
                .SelectMany(node => RowParser.Find(node, model, cancellation))]),
        };
    }

    // A type stands for itself alone, a member for its local functions too.
    private static IEnumerable<SyntaxNode> Attributed(SyntaxNode site) => site is BaseTypeDeclarationSyntax ? [site]
        : site.DescendantNodesAndSelf(static node => node is not BaseTypeDeclarationSyntax).Where(static node =>
            node is MemberDeclarationSyntax { AttributeLists.Count: > 0 } and not BaseTypeDeclarationSyntax
                or LocalFunctionStatementSyntax { AttributeLists.Count: > 0 });

    // A pipeline that we fail on runs interpreted; its neighbours must not pay for it, and its author must know.
    private static FoundPipelineModel? Pipeline(
        IMethodSymbol method, MethodDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation)
    {
        try
        {
            Faults.At($"the pipeline '{declaration.Identifier.Text}'");
            return PipelineParser.Parse(method, declaration, model, [], cancellation) is { } parsed
                ? new FoundPipelineModel { Parsed = parsed, Bug = null }
                : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var line = declaration.Identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            return new FoundPipelineModel
            {
                Parsed = null,
                Bug = GeneratorBugModel.OfPipeline(failure, "reading", declaration.Identifier.Text, declaration.SyntaxTree.FilePath, line),
            };
        }
    }

    private static IEnumerable<SyntaxNode> Calls(SiteCandidate site) =>
        Nodes(site).Where(static node => node is InvocationExpressionSyntax or GroupClauseSyntax);

    private static IEnumerable<SyntaxNode> Nodes(SiteCandidate site) => site.MayHoldCalls
        ? site.Node.DescendantNodes(node => node == site.Node || node is not MemberDeclarationSyntax or GlobalStatementSyntax)
        : [];
}
