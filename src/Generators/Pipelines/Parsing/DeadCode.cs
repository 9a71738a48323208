using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Code that a constant condition keeps from running: the compiler leaves it out, and keeps no field for what it captures.
/// </summary>
internal static class DeadCode
{
    /// <summary>Whether a name in a body stands in such code.</summary>
    public static bool Holds(SyntaxNode name, SyntaxNode body, SemanticModel model) => name.AncestorsAndSelf()
        .TakeWhile(outer => outer != body)
        .Any(node => node.Parent switch
        {
            ConditionalExpressionSyntax choice => (node == choice.WhenTrue && Is(model, choice.Condition, false))
                || (node == choice.WhenFalse && Is(model, choice.Condition, true)),
            IfStatementSyntax choice => (node == choice.Statement && Is(model, choice.Condition, false))
                || (node == choice.Else && Is(model, choice.Condition, true)),
            WhileStatementSyntax loop => node == loop.Statement && Is(model, loop.Condition, false),
            BinaryExpressionSyntax binary when node == binary.Right => binary.Kind() switch
            {
                SyntaxKind.LogicalAndExpression => Is(model, binary.Left, false),
                SyntaxKind.LogicalOrExpression => Is(model, binary.Left, true),
                SyntaxKind.CoalesceExpression => model.GetConstantValue(binary.Left) is { HasValue: true, Value: not null },
                _ => false,
            },
            _ => false,
        });

    private static bool Is(SemanticModel model, ExpressionSyntax condition, bool value) =>
        model.GetConstantValue(condition) is { HasValue: true, Value: bool constant } && constant == value;
}
