using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Weir.Analyzers.State;

namespace Weir.CodeFixes;

/// <summary>WEIR2001: marks what has another name <c>[WasNamed("old")]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddFormerNameFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["WEIR2001"];

    // One name after the other: the next one is known when this one is.
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(StateFixes.FormerName, out var name) || name is null
            || diagnostic.AdditionalLocations is not [{ SourceTree: { } tree } place, ..]
            || context.Document.Project.Solution.GetDocument(tree) is not { } document)
        {
            return;
        }

        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(place.SourceSpan) is { } node && Declaration(node) is { } declaration)
        {
            var title = $"Mark it [WasNamed(\"{name}\")]";
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(declaration, Marked(declaration, name)))
                        .Project.Solution),
                    equivalenceKey: nameof(AddFormerNameFixer)),
                diagnostic);
        }
    }

    // A field that is declared together with others would give its name to all of them.
    private static SyntaxNode? Declaration(SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(static outer =>
        outer is ParameterSyntax or EnumMemberDeclarationSyntax or MemberDeclarationSyntax) switch
    {
        FieldDeclarationSyntax { Declaration.Variables.Count: > 1 } => null,
        var found => found,
    };

    private static SyntaxNode Marked(SyntaxNode declaration, string name)
    {
        var first = declaration.GetFirstToken();
        var line = IsFirstOnLine(first) && declaration is not ParameterSyntax
            ? Break(declaration, first) : SyntaxFactory.TriviaList(SyntaxFactory.Space);
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
                SyntaxFactory.ParseName("global::Weir.WasNamed").WithAdditionalAnnotations(Simplifier.Annotation),
                SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(
                    SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name))))))))
            .WithLeadingTrivia(first.LeadingTrivia)
            .WithTrailingTrivia(line);
        var bare = declaration.ReplaceToken(first, first.WithLeadingTrivia(Indentation(first, line)));
        return bare switch
        {
            ParameterSyntax parameter => parameter.WithAttributeLists(parameter.AttributeLists.Insert(0, list)),
            MemberDeclarationSyntax member => member.WithAttributeLists(member.AttributeLists.Insert(0, list)),
            _ => declaration,
        };
    }

    private static bool IsFirstOnLine(SyntaxToken token) => token.GetPreviousToken() is var before
        && (before.IsKind(SyntaxKind.None) || LineOf(before.Span.End, token) != LineOf(token.SpanStart, token));

    private static int LineOf(int position, SyntaxToken token) =>
        token.SyntaxTree!.GetText().Lines.GetLineFromPosition(position).LineNumber;

    private static SyntaxTriviaList Break(SyntaxNode declaration, SyntaxToken first)
    {
        var text = first.SyntaxTree!.GetText();
        var line = text.Lines.GetLineFromPosition(declaration.Span.Start);
        var end = text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(end.Length == 0 ? "\n" : end));
    }

    // The attribute takes what stood in front of the declaration; behind a line break the indentation comes again.
    private static SyntaxTriviaList Indentation(SyntaxToken first, SyntaxTriviaList separator) =>
        separator[0].IsKind(SyntaxKind.EndOfLineTrivia) && first.LeadingTrivia is [.., var last]
            && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : [];
}
