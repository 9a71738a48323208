using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Where names stand.</summary>
internal static class NameSyntaxes
{
    /// <summary>Whether what stands before the name says where to look it up.</summary>
    public static bool IsBehindSomething(SimpleNameSyntax name) => IsInPatternPath(name) || name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or AliasQualifiedNameSyntax => true,
        QualifiedNameSyntax qualified => qualified.Right == name,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment =>
            assignment.Left == name && !initializer.IsKind(SyntaxKind.CollectionInitializerExpression)
                && !initializer.IsKind(SyntaxKind.ArrayInitializerExpression),
        _ => false,
    };

    /// <summary>Whether a tuple is taken apart: it stands on the left of an assignment, itself or as a part of one that does.</summary>
    public static bool IsAssigned(TupleExpressionSyntax tuple) => tuple.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == tuple,
        ForEachVariableStatementSyntax loop => loop.Variable == tuple,
        ArgumentSyntax { Parent: TupleExpressionSyntax outer } => IsAssigned(outer),
        _ => false,
    };

    /// <summary>Whether a clause of a query around a name is a function of it; the sequences that are named first are none.</summary>
    public static bool IsFunctionOfQuery(SyntaxNode clause, SyntaxNode name) => clause switch
    {
        FromClauseSyntax { Parent: QueryExpressionSyntax } => false,
        JoinClauseSyntax join => !join.InExpression.Span.Contains(name.Span),
        QueryClauseSyntax or SelectOrGroupClauseSyntax => true,
        _ => false,
    };

    /// <summary>Whether it stands in the path of a property pattern, <c>{ Customer.Name: … }</c>.</summary>
    private static bool IsInPatternPath(SimpleNameSyntax name) =>
        name.Ancestors().SkipWhile(static outer => outer is MemberAccessExpressionSyntax).FirstOrDefault() is ExpressionColonSyntax;
}
