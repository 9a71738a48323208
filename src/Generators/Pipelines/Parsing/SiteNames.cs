using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Names the calls that make stages.</summary>
/// <param name="root">The declaration of the pipeline.</param>
internal sealed class SiteNames(SyntaxNode root)
{
    private readonly Dictionary<SyntaxNode, SiteModel> _sites = [];
    private readonly Dictionary<SyntaxTree, bool> _twins = [];

    public SiteModel Of(VerbCall verb)
    {
        if (!_sites.TryGetValue(verb.Syntax, out var site))
        {
            var isOwn = verb.Syntax.SyntaxTree == root.SyntaxTree && root.FullSpan.Contains(verb.Syntax.Span);
            _sites.Add(verb.Syntax, site = new SiteModel
            {
                Name = isOwn ? _sites.Count.ToString(CultureInfo.InvariantCulture) : Foreign(verb),
                IsOwn = isOwn,
                IsCall = verb.Syntax is InvocationExpressionSyntax && StreamTypes.HasStage(verb.Method.ReturnType) && !HasTwin(verb),
            });
        }

        return site;
    }

    private bool HasTwin(VerbCall verb)
    {
        if (!_twins.TryGetValue(verb.Syntax.SyntaxTree, out var has))
        {
            _twins.Add(verb.Syntax.SyntaxTree, has = Twins.Has(verb.Syntax.SyntaxTree, verb.Model.Compilation));
        }

        return has;
    }

    // The same whoever asks, and the same when the file is edited around the method.
    private static string Foreign(VerbCall verb)
    {
        var method = verb.Syntax.Ancestors().FirstOrDefault(static outer => outer is MemberDeclarationSyntax) ?? verb.Syntax;
        var ordinal = method.DescendantNodes().TakeWhile(node => node != verb.Syntax).Count(node => node.RawKind == verb.Syntax.RawKind);
        var name = verb.Model.GetDeclaredSymbol(method)?.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        return string.Format(
            CultureInfo.InvariantCulture, "{0}/{1}#{2}", System.IO.Path.GetFileName(verb.Syntax.SyntaxTree.FilePath), name, ordinal);
    }
}
