using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Weir.CodeFixes;

/// <summary>WEIR1005: names the invariant culture or the ordinal comparison, where an overload takes one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameCultureFixer : CodeFixProvider
{
    private const string Title = "Name the invariant culture";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["WEIR1005"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    // Everything that can stop the fix is found out here: a fix that is offered is a fix that works.
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null || context.Diagnostics[0].DefaultSeverity != context.Diagnostics[0].Severity)
        {
            return;
        }

        var node = root.FindNode(context.Span, getInnermostNodeForTie: true);
        var call = node.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (TextInCulture.Fixed(node, model, context.CancellationToken) is { } text)
        {
            Offer(context, root.ReplaceNode(text.Old, text.New));
        }
        else if (call is not null && model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol method
            && Fixed(call, method, model) is { } changed)
        {
            Offer(context, root.ReplaceNode(call, changed));
        }
    }

    private static void Offer(CodeFixContext context, SyntaxNode changed) => context.RegisterCodeFix(
        CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: Title),
        context.Diagnostics);

    private static InvocationExpressionSyntax? Fixed(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model)
    {
        if (method is { ContainingType.SpecialType: SpecialType.System_String or SpecialType.System_Char, Name: "ToUpper" or "ToLower" }
            && call.Expression is MemberAccessExpressionSyntax access
            && call.ArgumentList.Arguments.Count == method.Parameters.Length)
        {
            var invariant = SyntaxFactory.IdentifierName(method.Name + "Invariant").WithTriviaFrom(access.Name);
            return call.WithExpression(access.WithName(invariant));
        }

        var added = Candidates(method).FirstOrDefault(candidate => Takes(method, candidate, model));
        if (added is null)
        {
            return null;
        }

        var expression = SyntaxFactory.ParseExpression(added.Text).WithAdditionalAnnotations(Simplifier.Annotation);
        var argument = SyntaxFactory.Argument(expression);
        var arguments = call.ArgumentList.Arguments;
        return call.WithArgumentList(call.ArgumentList.WithArguments(arguments.Count == 0
            ? arguments.Add(argument)
            : SyntaxFactory.SeparatedList<ArgumentSyntax>(
                arguments.GetWithSeparators()
                    .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space))
                    .Add(argument))));
    }

    // The name of the type of the last parameter, and what it is given.
    private static IEnumerable<Addition> Candidates(IMethodSymbol method)
    {
        yield return new("IFormatProvider", "System.Globalization.CultureInfo.InvariantCulture");
        if (method.ContainingType.SpecialType == SpecialType.System_String)
        {
            yield return new("StringComparison", "System.StringComparison.Ordinal");
        }

        yield return new("IComparer", "System.StringComparer.Ordinal");
    }

    // An overload with the same parameters and that one behind them.
    private static bool Takes(IMethodSymbol method, Addition addition, SemanticModel model)
    {
        var called = method.ReducedFrom ?? method;
        return called.ContainingType.OriginalDefinition.GetMembers(called.Name).OfType<IMethodSymbol>().Any(overload =>
            overload.IsStatic == called.IsStatic
            && overload.TypeParameters.Length == called.TypeParameters.Length
            && overload.Parameters.Length == called.Parameters.Length + 1
            && model.IsAccessible(0, overload)
            && overload.Parameters.Last().Type.Name == addition.Type
            && called.OriginalDefinition.Parameters.Zip(overload.Parameters, static (left, right) => (left, right))
                .All(static pair => pair.left.Type.ToDisplayString() == pair.right.Type.ToDisplayString())
            && (addition.Type != "IComparer"
                || method.TypeArguments.LastOrDefault() is null or { SpecialType: SpecialType.System_String }));
    }

    private sealed class Addition(string type, string text)
    {
        public string Type { get; } = type;

        public string Text { get; } = text;
    }
}
