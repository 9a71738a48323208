using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Weir.CodeFixes;

/// <summary>Texts that are put together of values, written by the invariant culture.</summary>
internal static class TextInCulture
{
    private const string Invariant = "System.Globalization.CultureInfo.InvariantCulture";

    /// <summary>What to replace, and by what; null where there is no one way.</summary>
    public static (ExpressionSyntax Old, ExpressionSyntax New)? Fixed(
        SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        node.FirstAncestorOrSelf<InterpolationSyntax>() is { Parent: InterpolatedStringExpressionSyntax text } part
            && part.Span == node.Span
            ? Interpolated(text, model, cancellation)
            : node is ExpressionSyntax { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } } value
                ? Added(value, model, cancellation)
                : null;

    // Only of what becomes a string: a handler or a FormattableString has its culture from elsewhere.
    private static (ExpressionSyntax, ExpressionSyntax)? Interpolated(
        InterpolatedStringExpressionSyntax text, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetTypeInfo(text, cancellation).ConvertedType?.SpecialType
                is not (SpecialType.System_String or SpecialType.System_Object)
            || model.Compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler") is null)
        {
            return null;
        }

        var created = SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression("string.Create"),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList<ArgumentSyntax>(
                new SyntaxNodeOrToken[]
                {
                    SyntaxFactory.Argument(Named()),
                    SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space),
                    SyntaxFactory.Argument(text.WithoutTrivia()),
                })));
        return (text, created.WithTriviaFrom(text));
    }

    // "a" + value: the value's own ToString takes a culture.
    private static (ExpressionSyntax, ExpressionSyntax)? Added(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetTypeInfo(value, cancellation).Type is not { IsValueType: true } type
            || !type.GetMembers("ToString").OfType<IMethodSymbol>().Any(static method =>
                method.Parameters.Length == 1 && method.Parameters[0].Type.Name == "IFormatProvider"))
        {
            return null;
        }

        var bare = value.WithoutTrivia();
        var receiver = value is SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or LiteralExpressionSyntax
            ? bare
            : SyntaxFactory.ParenthesizedExpression(bare);
        var written = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName("ToString")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(Named()))));
        return (value, written.WithTriviaFrom(value));
    }

    private static ExpressionSyntax Named() =>
        SyntaxFactory.ParseExpression(Invariant).WithAdditionalAnnotations(Simplifier.Annotation);
}
