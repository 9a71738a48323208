using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Whether a function may throw. What may not is computed where the record comes; of what may, the failure waits until LINQ would see it.
/// </summary>
internal static class FunctionFailures
{
    public static bool CanFail(SyntaxNode body, SemanticModel model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return model.GetOperation(body, cancellation) is { } whole
            ? whole.DescendantsAndSelf().Any(operation => !IsHarmless(operation, model))
            : body is not ExpressionSyntax || body.ChildNodes().Any(inner => CanFail(inner, model, cancellation));
    }

    private static bool IsHarmless(IOperation operation, SemanticModel model) => operation switch
    {
        IBlockOperation or IReturnOperation or ILiteralOperation or IParameterReferenceOperation or ILocalReferenceOperation
            or IConditionalOperation or ITupleOperation or IAnonymousObjectCreationOperation or ICoalesceOperation
            or IConditionalAccessOperation or IConditionalAccessInstanceOperation or IIsPatternOperation or IIsTypeOperation
            or IDefaultValueOperation or INameOfOperation or ISwitchExpressionArmOperation or IPatternOperation
            or IPropertySubpatternOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation
            or IVariableDeclarationGroupOperation or IVariableInitializerOperation or IDiscardOperation
            or IObjectOrCollectionInitializerOperation or IParenthesizedOperation or IUtf8StringOperation => true,
        ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation } => true,
        IInstanceReferenceOperation => true,
        ISwitchExpressionOperation choice => choice.Arms.Any(static arm => arm is { Pattern: IDiscardPatternOperation, Guard: null }),
        IBinaryOperation binary => IsHarmless(binary),
        IUnaryOperation { IsChecked: false, OperatorMethod: null } => true,
        IConversionOperation conversion => IsHarmless(conversion),
        IFieldReferenceOperation field => IsThere(field.Instance, model),
        IPropertyReferenceOperation property => IsPlain(property.Property) && IsThere(property.Instance, model),
        IInvocationOperation call => IsPlain(call.TargetMethod) && IsThere(call.Instance, model),
        IArgumentOperation => true,
        _ => false,
    };

    private static bool IsHarmless(IBinaryOperation binary)
    {
        if (binary.IsChecked)
        {
            return false;
        }

        var type = binary.LeftOperand.Type is { } left ? NamedTypeParser.ItemOf(left) ?? left : null;
        var isDecimal = type is { SpecialType: SpecialType.System_Decimal };
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder =>
                type is { SpecialType: SpecialType.System_Double or SpecialType.System_Single },
            BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply =>
                !isDecimal && (binary.OperatorMethod is null || type is { SpecialType: SpecialType.System_String }),
            _ => binary.OperatorMethod is null || type is { SpecialType: not SpecialType.None },
        };
    }

    private static bool IsHarmless(IConversionOperation conversion) =>
        !conversion.IsChecked
        && (conversion.IsImplicit || conversion.Conversion is { IsIdentity: true } or { IsNumeric: true })
        && (conversion.OperatorMethod is null || (conversion.IsImplicit && conversion.Type?.SpecialType == SpecialType.System_Decimal))
        && !(conversion.Conversion.IsNumeric && !conversion.IsImplicit
            && (IsDecimal(conversion.Type) || IsDecimal(conversion.Operand.Type)));

    private static bool IsDecimal(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Decimal;

    // Null is not there. The record itself is: it has been looked at before.
    private static bool IsThere(IOperation? instance, SemanticModel model) => instance switch
    {
        null or IConditionalAccessInstanceOperation or IInstanceReferenceOperation => true,
        IParameterReferenceOperation { Parameter.ContainingSymbol: var function, Syntax: var use } when IsIn(use, function) => true,
        { Type.IsValueType: true } => true,
        { Syntax: var syntax } => !syntax.IsKind(SyntaxKind.SuppressNullableWarningExpression)
            && syntax.Parent?.IsKind(SyntaxKind.SuppressNullableWarningExpression) != true
            && Semantics.IsNotNull(syntax, model),
    };

    // Parameters of the pipeline's method are what they were given, null perhaps.
    private static bool IsIn(SyntaxNode use, ISymbol function) => function.DeclaringSyntaxReferences.Length == 0
        || use.Ancestors().OfType<AnonymousFunctionExpressionSyntax>()
            .Any(outer => function.DeclaringSyntaxReferences[0].Span == outer.Span);

    // Only answers what is kept.
    private static bool IsPlain(IPropertySymbol property) => !property.IsIndexer && !property.IsVirtual && !property.IsAbstract
        && !property.IsOverride
        && (property.ContainingType.ToDisplayString() switch
        {
            "string" or "System.Array" => property.Name == "Length",
            "System.DateTime" or "System.DateTimeOffset" or "System.TimeSpan" or "System.DateOnly" or "System.TimeOnly"
                or "Weir.TimeWindow" => true,
            _ => property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
                ? property.Name == "HasValue"
                : property.ContainingType.IsAnonymousType || IsAutomatic(property),
        });

    private static bool IsAutomatic(IPropertySymbol property) =>
        AutomaticProperty.Is(property)
        || property.GetMethod?.GetAttributes()
            .Any(static attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute") == true;

    private static bool IsPlain(IMethodSymbol method) =>
        (method.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && method.Name == "GetValueOrDefault")
        || (method.ContainingType.ToDisplayString() == "System.Math" && method.Name is "Max" or "Min" or "Sqrt")
        || (method.ContainingType.SpecialType == SpecialType.System_String && method.Name is "Equals" or "IsNullOrEmpty");
}
