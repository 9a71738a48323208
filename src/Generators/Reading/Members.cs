using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Reading;

/// <summary>Members as texts with a place, by which they are found again.</summary>
internal static class Members
{
    // Asked for once a call that stands in the member.
    private static readonly ConditionalWeakTable<SyntaxNode, object> Digests = new();

    /// <summary>
    /// The member that a node is part of: what has a body. A type stands for its whole file, and so do top-level statements.
    /// </summary>
    public static SyntaxNode Of(SyntaxNode node)
    {
        foreach (var outer in node.AncestorsAndSelf())
        {
            switch (outer)
            {
                case BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or GlobalStatementSyntax or CompilationUnitSyntax:
                    return outer.SyntaxTree.GetRoot();
                case MemberDeclarationSyntax:
                    return outer;
            }
        }

        return node;
    }

    /// <summary>The text of a member, and where it begins: models hold lines.</summary>
    public static Digest DigestOf(SyntaxNode member) => (Digest)Digests.GetValue(member, static member =>
    {
        var start = member.SyntaxTree.GetLineSpan(member.Span).StartLinePosition;
        return Digest.Of(FormattableString.Invariant($"{start.Line},{start.Character},{member}"));
    });
}
