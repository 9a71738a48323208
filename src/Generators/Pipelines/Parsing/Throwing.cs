using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Says which functions may throw: their calls keep a frame of their own, so that a stack trace names their line.</summary>
/// <remarks>
/// The JIT moves what it inlines, and a trace knows nothing of it. A function that reads members and computes with plain numbers is
/// inlined; it throws only if its record is null.
/// </remarks>
internal static class Throwing
{
    /// <summary>Whether a body may throw on a record that is there.</summary>
    public static bool May(SyntaxNode body, SemanticModel model) =>
        body.DescendantNodesAndSelf(node => node is not InvocationExpressionSyntax call || !IsNameOf(call, model))
            .Any(node => May(node, body, model));

    private static bool May(SyntaxNode node, SyntaxNode body, SemanticModel model) => node switch
    {
        InvocationExpressionSyntax call => !IsNameOf(call, model),
        ThrowExpressionSyntax or ThrowStatementSyntax or ElementAccessExpressionSyntax or CastExpressionSyntax
            or CheckedExpressionSyntax or CheckedStatementSyntax or BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax
            or QueryExpressionSyntax or InterpolatedStringExpressionSyntax or SwitchExpressionSyntax or LockStatementSyntax
            or CommonForEachStatementSyntax or UsingStatementSyntax or StackAllocArrayCreationExpressionSyntax => true,
        BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression
            || MayOverflow(binary, model),
        AssignmentExpressionSyntax assignment =>
            assignment.Kind() is SyntaxKind.DivideAssignmentExpression or SyntaxKind.ModuloAssignmentExpression
            || (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && MayOverflow(assignment, model)),
        PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax
            when node.Kind() is not (SyntaxKind.LogicalNotExpression or SyntaxKind.SuppressNullableWarningExpression) =>
            MayOverflow((ExpressionSyntax)node, model),
        MemberAccessExpressionSyntax access => IsOnOther(access, model),
        _ => false,
    };

    // A member of what a member answered: that may be null, or have none.
    private static bool IsOnOther(MemberAccessExpressionSyntax access, SemanticModel model) =>
        access.Expression is not (IdentifierNameSyntax or PredefinedTypeSyntax)
        && model.GetSymbolInfo(access.Expression).Symbol is not INamespaceOrTypeSymbol
        && model.GetTypeInfo(access.Expression).Type is { } type
        && (type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T);

    // Operators of decimals and of users' types throw, and in checked projects those of whole numbers.
    private static bool MayOverflow(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression is BinaryExpressionSyntax { RawKind: var kind } && (SyntaxKind)kind is SyntaxKind.LogicalAndExpression
            or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression or SyntaxKind.IsExpression or SyntaxKind.AsExpression)
        {
            return false;
        }

        var type = model.GetTypeInfo(expression).Type;
        return type is null or { TypeKind: not (TypeKind.Struct or TypeKind.Enum) } or { SpecialType: SpecialType.System_Decimal }
            ? type is not { SpecialType: SpecialType.System_String }
            : model.GetSymbolInfo(expression).Symbol is IMethodSymbol { MethodKind: not MethodKind.BuiltinOperator }
                || (model.Compilation.Options is CSharpCompilationOptions { CheckOverflow: true } && type.SpecialType is not (
                    SpecialType.System_Boolean or SpecialType.System_Double or SpecialType.System_Single));
    }

    private static bool IsNameOf(InvocationExpressionSyntax call, SemanticModel model) =>
        call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } && model.GetConstantValue(call).HasValue;
}
