using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Reading;

/// <summary>The text of declarations without what code elsewhere cannot see: bodies, trivia.</summary>
/// <remarks>
/// Of a body three things can be seen from elsewhere, and stay: that there is one; that an accessor's says <c>field</c>, which makes the
/// property have one; and <c>#nullable</c> directives in it, which go on behind it.
/// </remarks>
internal sealed class DeclarationText
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _bodies = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Gets the names in what was written.</summary>
    public string[] Names => [.. _names];

    /// <summary>Gets the <c>#nullable</c> directives in what was written.</summary>
    public string Nullable { get; private set; } = "";

    /// <summary>Gets the bodies that were left out, if they were to be kept.</summary>
    public string Bodies => _bodies.ToString();

    /// <summary>Gets or sets a value indicating whether bodies are to be kept, apart from the rest.</summary>
    public bool KeepsBodies { get; set; }

    public DeclarationText Write(string text)
    {
        _text.Append(text).Append('\u0003');
        return this;
    }

    public DeclarationText Write(SyntaxNode node)
    {
        if (IsBody(node))
        {
            WriteBody(node);
            return this;
        }

        // The kinds of nodes are kept too: broken code may have the same tokens and another shape.
        _text.Append((char)node.RawKind);
        foreach (var part in node.ChildNodesAndTokens())
        {
            if (part.AsNode() is { } child)
            {
                Write(child);
            }
            else
            {
                Write(part.AsToken());
            }
        }

        _text.Append('\u0002');
        return this;
    }

    public override string ToString() => _text.ToString();

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax
        && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;

    private void Write(SyntaxToken token)
    {
        WriteNullable(token);
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            _names.Add(token.ValueText);
        }

        _text.Append(token.Text).Append(token.IsMissing ? '\u0004' : '\u0001');
    }

    private void WriteBody(SyntaxNode body)
    {
        _text.Append("{}");
        if (body.Parent is AccessorDeclarationSyntax or PropertyDeclarationSyntax
            && body.DescendantTokens().Any(static token => token.Text == "field"))
        {
            _text.Append("field");
        }

        if (body.ContainsDirectives)
        {
            foreach (var token in body.DescendantTokens())
            {
                WriteNullable(token);
            }
        }

        if (KeepsBodies)
        {
            _bodies.Append(body.ToString()).Append('\u0001');
        }
    }

    private void WriteNullable(SyntaxToken token)
    {
        if (!token.ContainsDirectives)
        {
            return;
        }

        foreach (var trivia in token.LeadingTrivia)
        {
            if (trivia.GetStructure() is NullableDirectiveTriviaSyntax { IsActive: true } directive)
            {
                _text.Append(directive).Append('\u0001');
                Nullable += directive.ToString();
            }
        }
    }
}
