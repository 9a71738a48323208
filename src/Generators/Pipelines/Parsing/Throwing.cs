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
        InvocationExpressionSyntax call => !IsNameOf(call, model) && !IsOfMath(call, model),
        BaseObjectCreationExpressionSyntax creation => !OnlyStores(creation, model),
        CastExpressionSyntax cast => !IsOfNumbers(cast, model),
        ThrowExpressionSyntax or ThrowStatementSyntax or ElementAccessExpressionSyntax
            or CheckedExpressionSyntax or CheckedStatementSyntax or ArrayCreationExpressionSyntax
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

    // A record of the project that is made of its parameters: its constructor was written by the compiler.
    private static bool OnlyStores(BaseObjectCreationExpressionSyntax creation, SemanticModel model) =>
        model.GetSymbolInfo(creation).Symbol is IMethodSymbol { ContainingType: { } type } made
        && type.BaseType is { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
        && made.DeclaringSyntaxReferences is { Length: 1 } declarations
        && declarations[0].GetSyntax() is RecordDeclarationSyntax { Members: var members }
        && !members.Any(static member => member is FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null })
        && creation.Initializer is null;

    private static bool IsOfMath(InvocationExpressionSyntax call, SemanticModel model) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { Name: "Math" or "MathF" } type } method
        && method.Name != "Clamp"
        && type.ContainingNamespace.ToDisplayString() == "System"
        && method.ReturnType.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    private static bool IsOfNumbers(CastExpressionSyntax cast, SemanticModel model) =>
        model.Compilation.Options is CSharpCompilationOptions { CheckOverflow: false }
        && IsPlain(model.GetTypeInfo(cast.Expression).Type)
        && IsPlain(model.GetTypeInfo(cast).Type);

    private static bool IsPlain(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_UInt64 }
            or { SpecialType: SpecialType.System_Single or SpecialType.System_Double };

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
