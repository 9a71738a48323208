using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Decides how generated code gets at a function that the user handed to a verb.</summary>
internal static class FunctionParser
{
    private static readonly Dictionary<SyntaxNode, string> NothingReplaced = [];

    public static FunctionModel Parse(ExpressionSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        if (Unwrap(argument) is not LambdaExpressionSyntax lambda
            || model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol function)
        {
            return Delegate(argument);
        }

        if (lambda.AsyncKeyword != default || lambda.AttributeLists.Count > 0 || lambda.Body is ThrowExpressionSyntax
            || IsInCheckedContext(lambda))
        {
            return Delegate(lambda.Body);
        }

        var isMethod = NeedsMethod(lambda, function, model);
        var parameters = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        foreach (var parameter in function.Parameters.Where(parameter => !isMethod && !parameter.IsDiscard))
        {
            parameters.Add(parameter, Placeholder.Of(parameter.Ordinal));
        }

        var rewriter = new BodyRewriter(model, lambda.Body, isMethod ? Own(function) : parameters, NothingReplaced);
        return rewriter.Rewrite(cancellation) is not { } text
            ? Delegate(lambda.Body)
            : new FunctionModel
            {
                Kind = isMethod ? FunctionKind.Method : FunctionKind.Inline,
                Text = text,
                Parameters = new EquatableArray<string>([.. function.Parameters.Select(NameOf)]),
                Span = SpanOf(lambda.Body),
            };
    }

    /// <summary>Whether the body declares something, and so needs a scope of its own.</summary>
    public static bool NeedsScope(SyntaxNode body) =>
        body is BlockSyntax
        || body.DescendantNodesAndSelf().Any(static node =>
            node is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax);

    public static LineSpanModel SpanOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return new LineSpanModel
        {
            StartLine = span.StartLinePosition.Line + 1,
            StartColumn = span.StartLinePosition.Character + 1,
            EndLine = span.EndLinePosition.Line + 1,
            EndColumn = span.EndLinePosition.Character + 1,
        };
    }

    public static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        return expression;
    }

    private static bool NeedsMethod(LambdaExpressionSyntax lambda, IMethodSymbol function, SemanticModel model) =>
        NeedsScope(lambda.Body)
            || lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => ChangesParameter(name, function, model));

    private static string NameOf(IParameterSymbol parameter) => parameter.IsDiscard ? $"_{parameter.Ordinal}" : SyntaxName(parameter.Name);

    // A parameter keeps its name in a method, but the verbatim form if that is a keyword.
    private static Dictionary<ISymbol, string> Own(IMethodSymbol function)
    {
        var names = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        foreach (var parameter in function.Parameters.Where(parameter => !parameter.IsDiscard))
        {
            names.Add(parameter, SyntaxName(parameter.Name));
        }

        return names;
    }

    private static string SyntaxName(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>Whether the use may change the parameter, which in a loop is the record itself and not a copy.</summary>
    private static bool ChangesParameter(IdentifierNameSyntax name, IMethodSymbol function, SemanticModel model)
    {
        if (model.GetSymbolInfo(name).Symbol is not IParameterSymbol parameter
            || !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function))
        {
            return false;
        }

        ExpressionSyntax place = name;
        while (place.Parent is MemberAccessExpressionSyntax access && access.Expression == place)
        {
            if (MayMutate(access, model))
            {
                return true;
            }

            place = access;
        }

        return place.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == place,
            PrefixUnaryExpressionSyntax prefix =>
                prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
            PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            ArgumentSyntax argument => argument.RefKindKeyword != default,
            ElementAccessExpressionSyntax => model.GetTypeInfo(place).Type is { IsValueType: true },
            RefExpressionSyntax or RangeExpressionSyntax => true,
            _ => false,
        };
    }

    private static bool MayMutate(MemberAccessExpressionSyntax access, SemanticModel model)
    {
        if (model.GetTypeInfo(access.Expression).Type is not { IsValueType: true, IsReadOnly: false })
        {
            return false;
        }

        return model.GetSymbolInfo(access).Symbol switch
        {
            IMethodSymbol method => !method.IsReadOnly && method.ReducedFrom is null,
            IPropertySymbol property => property.GetMethod is { IsReadOnly: false },
            _ => false,
        };
    }

    private static bool IsInCheckedContext(SyntaxNode lambda) =>
        lambda.Ancestors().Any(static outer => outer is CheckedStatementSyntax or CheckedExpressionSyntax);

    // Its delegate is called.
    private static FunctionModel Delegate(SyntaxNode node) =>
        new() { Kind = FunctionKind.Delegate, Text = null, Parameters = default, Span = SpanOf(node) };
}
