using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Reading;

/// <summary>What was found at one site: once for each program that it stands in, a target framework or a project each.</summary>
internal sealed class SiteSlot
{
    private const int MaxPrograms = 8;

    private readonly object _gate = new();
    private readonly List<Kept> _kept = [];

    /// <summary>What tells a site from others: the declarations of its file, its own text and its place.</summary>
    public static Digest KeyOf(TreeReading tree, SiteCandidate site)
    {
        // Of a type its declaration counts, which the file's has; #line directives may say where anything is.
        var text = site is { Node: BaseTypeDeclarationSyntax, MayHoldCalls: false } ? TitleOf(site.Node) + ArityOf(site.Node)
            : Members.DigestOf(site.Node).ToString();
        var directives = site.Node.SyntaxTree.GetRoot() is CSharpSyntaxNode { ContainsDirectives: true } root
            && root.GetFirstDirective(static directive => directive is LineOrSpanDirectiveTriviaSyntax) is not null
            ? Members.DigestOf(root).ToString()
            : "";
        return Digest.Of($"{tree.Declared},{text},{directives},{site.MayHoldCalls}");
    }

    // A class and a generic one of its name are two.
    private static string ArityOf(SyntaxNode node) => string.Join(",", node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
        .Select(static type => type.TypeParameterList?.Parameters.Count ?? 0));

    /// <summary>What people call a site.</summary>
    public static string TitleOf(SyntaxNode node) => string.Join(".", node.AncestorsAndSelf().Reverse().Select(static outer => outer switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        MemberDeclarationSyntax => outer.Kind().ToString(),
        _ => null,
    }).Where(static name => name is not null));

    /// <summary>What was found here, if it still holds.</summary>
    public FoundSiteModel? Find(ProgramReading program, TreeReading tree)
    {
        lock (_gate)
        {
            for (var i = 0; i < _kept.Count; i++)
            {
                var kept = _kept[i];
                if (kept.All == program.All || (!kept.OfProgram && kept.Seen == program.SeenFrom(tree, kept.Reads)))
                {
                    if (kept.Reads.All(program.Has))
                    {
                        _kept[i] = kept.All == program.All ? kept : kept with { All = program.All };
                        return kept.Site;
                    }
                }
            }

            return null;
        }
    }

    /// <summary>Keeps what was found.</summary>
    public void Keep(FoundSiteModel site, ProgramReading program, TreeReading tree, BodyReads reads)
    {
        lock (_gate)
        {
            if (_kept.Count == MaxPrograms)
            {
                _kept.RemoveAt(0);
            }

            var seen = reads.OfProgram ? program.All : program.SeenFrom(tree, reads.All);
            _kept.Add(new Kept(site, program.All, seen, reads.OfProgram, [.. reads.All]));
        }
    }

    private sealed record Kept(FoundSiteModel Site, Digest All, Digest Seen, bool OfProgram, BodyReadModel[] Reads);
}
