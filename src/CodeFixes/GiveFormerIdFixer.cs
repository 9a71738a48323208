using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Analyzers.State;

namespace Weir.CodeFixes;

/// <summary>WEIR2002: gives an operator the id under which its state is stored.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GiveFormerIdFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["WEIR2002"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (!diagnostic.Properties.TryGetValue(StateFixes.FormerId, out var id) || id is null
            || root?.FindNode(context.Span).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Name it .Id(\"{id}\")",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(Named(root, call, id))),
                equivalenceKey: nameof(GiveFormerIdFixer)),
            diagnostic);
    }

    private static SyntaxNode Named(SyntaxNode root, InvocationExpressionSyntax call, string id)
    {
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(id));
        if (OwnId(call) is { } given)
        {
            return root.ReplaceNode(given, literal.WithTriviaFrom(given));
        }

        // Behind the call, on its line; what followed the call follows the id.
        var named = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, call.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("Id")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(literal))));
        return root.ReplaceNode(call, named.WithTrailingTrivia(call.GetTrailingTrivia()));
    }

    // The id that the user gave it, further along the chain.
    private static ExpressionSyntax? OwnId(InvocationExpressionSyntax call)
    {
        var at = call;
        while (at.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == at)
        {
            switch (access.Name.Identifier.ValueText)
            {
                case "Id":
                    return next.ArgumentList.Arguments.FirstOrDefault()?.Expression;
                case "WithParallelism" or "IdleAfter":
                    at = next;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
