using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.CodeFixes;

/// <summary>WEIR0001: makes a pipeline method static, where it uses nothing of its instance.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakePipelineStaticFixer : CodeFixProvider
{
    private const string Title = "Make the pipeline method static";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["WEIR0001"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    // Everything that can stop the fix is found out here: a fix that is offered is a fix that works.
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
            && model is not null
            && !UsesInstance(method, model))
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, _ => Task.FromResult(Fix(context.Document, root, method)), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    private static bool UsesInstance(MethodDeclarationSyntax method, SemanticModel model) =>
        method.Modifiers.Any(
            modifier => modifier.Kind() is SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.AbstractKeyword)
        || ((SyntaxNode?)method.Body ?? method.ExpressionBody)?.DescendantNodes().Any(node => node switch
        {
            ThisExpressionSyntax or BaseExpressionSyntax => true,
            IdentifierNameSyntax name when !IsRightOfDot(name) =>
                model.GetSymbolInfo(name)
                    .Symbol is { IsStatic: false, Kind: SymbolKind.Field or SymbolKind.Property or SymbolKind.Method or SymbolKind.Event },
            _ => false,
        }) is true;

    // What stands right of a dot belongs to what stands left of it; a name in an initializer or pattern to the object it describes.
    private static bool IsRightOfDot(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name
        || name.Parent is MemberBindingExpressionSyntax or NameColonSyntax
        || name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name;

    private static Document Fix(Document document, SyntaxNode root, MethodDeclarationSyntax method)
    {
        var position = method.Modifiers.TakeWhile(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).Count();
        var first = method.Modifiers.Count > 0 ? method.Modifiers[0] : method.ReturnType.GetFirstToken();
        var added = SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);

        // Put first, it takes over the line breaks and comments of what was first before.
        var bare = position > 0 ? method : method.ReplaceToken(first, first.WithLeadingTrivia());
        added = position > 0 ? added : added.WithLeadingTrivia(first.LeadingTrivia);
        var changed = bare.WithModifiers(bare.Modifiers.Insert(position, added));
        return document.WithSyntaxRoot(root.ReplaceNode(method, changed));
    }
}
