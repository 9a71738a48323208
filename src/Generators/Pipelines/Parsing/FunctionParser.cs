using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Decides how generated code gets at a function that the user handed to a verb.</summary>
internal static class FunctionParser
{
    private static readonly Dictionary<SyntaxNode, BodyPartModel> NothingReplaced = [];

    public static FunctionModel Parse(ExpressionSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        if (Unwrap(argument) is not LambdaExpressionSyntax lambda
            || model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol function)
        {
            return Delegate(argument, "is not a lambda that is written there");
        }

        if (lambda.AsyncKeyword != default || lambda.AttributeLists.Count > 0 || lambda.Body is ThrowExpressionSyntax
            || IsInCheckedContext(lambda))
        {
            return Delegate(lambda.Body, "is asynchronous, has attributes, only throws, or stands in a checked context");
        }

        var parser = new BodyParser(model, lambda.Body, function, NothingReplaced);
        if (parser.Parse(cancellation) is not { } body)
        {
            return Delegate(lambda.Body, parser.Refusal!);
        }

        return NeedsMethod(lambda, function, model)
            ? new MethodFunctionModel
            {
                Body = body,
                Parameters = new([.. function.Parameters.Select(static parameter =>
                    new ParameterModel { Name = parameter.IsDiscard ? null : parameter.Name })]),
                Span = SpanOf(lambda.Body),
            }
            : new InlineFunctionModel { Body = body, ConvertedTo = null, Span = SpanOf(lambda.Body) };
    }

    /// <summary>The function of a verb, or of a clause of a query.</summary>
    public static FunctionModel Of(VerbCall call, string parameter, CancellationToken cancellation) =>
        call.Argument(parameter) is not { } argument ? Delegate(call.Name, "is not written there")
        : call.Syntax is InvocationExpressionSyntax ? Parse(argument, call.Model, cancellation)
        : call.ClauseFunction(parameter) is { } function && call.ClauseBody(parameter) is { } clause
            ? ParseClause(clause, function, call.Model, cancellation)
        : Delegate(call.Name, "takes several variables of a query");

    /// <summary>An expression that stands for itself, without parameters; null if it uses what another class cannot reach.</summary>
    public static BodyModel? ParseExpression(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        NeedsScope(expression) ? null : new BodyParser(model, expression, function: null, NothingReplaced).Parse(cancellation);

    /// <summary>Whether the body declares something, and so needs a scope of its own.</summary>
    public static bool NeedsScope(SyntaxNode body) =>
        body is BlockSyntax
        || body.DescendantNodesAndSelf().Any(static node =>
            node is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or DeclarationExpressionSyntax
                or SingleVariableDesignationSyntax);

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

    /// <summary>A function whose delegate is called.</summary>
    /// <param name="node">Where it stands.</param>
    /// <param name="why">Why it is called so.</param>
    public static DelegateFunctionModel Delegate(SyntaxNode node, string why) => new() { Span = SpanOf(node), Why = why };

    /// <summary>The function that a query makes of a clause: its record is the variable of the query.</summary>
    public static FunctionModel ParseClause(
        ExpressionSyntax clause, IMethodSymbol function, SemanticModel model, CancellationToken cancellation)
    {
        var parser = new BodyParser(model, clause, function, NothingReplaced);
        return parser.Parse(cancellation) is not { } body ? Delegate(clause, parser.Refusal!)
            : NeedsScope(clause) ? new MethodFunctionModel
            {
                Body = body,
                Parameters = new([.. function.Parameters.Select(static parameter => new ParameterModel { Name = parameter.Name })]),
                Span = SpanOf(clause),
            }
            : new InlineFunctionModel { Body = body, ConvertedTo = null, Span = SpanOf(clause) };
    }
}
