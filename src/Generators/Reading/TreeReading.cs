using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Reading;

/// <summary>What one file says, read once for each tree that the compiler makes of it.</summary>
/// <param name="tree">The tree; it is what keeps this alive.</param>
internal sealed class TreeReading(SyntaxTree tree)
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeReading> Known = new();

    private readonly object _gate = new();
    private string[]? _names;
    private Dictionary<string, SyntaxNode>? _members;

    public SyntaxTree Tree => tree;

    /// <summary>Gets what holds everywhere: global usings, attributes of the assembly, names at the top level, namespaces.</summary>
    public required Digest Always { get; init; }

    /// <summary>Gets the names in that.</summary>
    public required string[] AlwaysNames { get; init; }

    /// <summary>Gets the types that the file declares for others.</summary>
    public required DeclarationUnit[] Units { get; init; }

    /// <summary>Gets all of them, without their bodies.</summary>
    public required Digest UnitsDeclared { get; init; }

    /// <summary>Gets everything that the file says outside of bodies, also for itself alone.</summary>
    public required Digest Declared { get; init; }

    /// <summary>Gets the declarations that may be of interest.</summary>
    public required SiteCandidate[] Candidates { get; init; }

    /// <summary>Gets the names of its aliases.</summary>
    public required string[] Aliases { get; init; }

    /// <summary>Gets the names of its global aliases.</summary>
    public required string[] GlobalAliases { get; init; }

    public static TreeReading Of(SyntaxTree tree, CancellationToken cancellation) =>
        Known.TryGetValue(tree, out var known) ? known : Known.GetValue(tree, tree => DeclarationReader.Read(tree, cancellation));

    /// <summary>All names in the file, bodies included.</summary>
    public string[] Names()
    {
        lock (_gate)
        {
            return _names ??= [.. tree.GetRoot().DescendantTokens()
                .Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(static token => token.ValueText)
                .Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>The member with a text and place, if the file has it.</summary>
    public SyntaxNode? Member(string digest)
    {
        lock (_gate)
        {
            _members ??= ReadMembers();
            return _members.TryGetValue(digest, out var member) ? member : null;
        }
    }

    private Dictionary<string, SyntaxNode> ReadMembers()
    {
        var root = tree.GetRoot();
        var members = new Dictionary<string, SyntaxNode>(StringComparer.Ordinal) { [Members.DigestOf(root).ToString()] = root };
        var found = root
            .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>();
        foreach (var member in found.Where(static member => Members.Of(member) == member))
        {
            members[Members.DigestOf(member).ToString()] = member;
        }

        return members;
    }
}
