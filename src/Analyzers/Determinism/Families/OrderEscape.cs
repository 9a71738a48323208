using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1006: whether the order of a sequence reaches something that depends on it.</summary>
internal static class OrderEscape
{
    /// <summary>Whether a sequence without order, made here, leaves as a list or another thing that has one.</summary>
    public static bool Leaves(IOperation sequence, int depth = 3)
    {
        var value = sequence;
        var outer = Locals.Above(value);
        switch (outer)
        {
            // Who asks it is looked at himself.
            case IArgumentOperation { Parent: IInvocationOperation call } when OrderFamily.IsSequence(call.TargetMethod):
            case IForEachLoopOperation:
            case ISpreadOperation:
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" }:
            case IExpressionStatementOperation:
            case IIsPatternOperation:
            case null:
                return false;
            case IInvocationOperation call when call.Instance is { } instance && MemberUse.Bare(instance) == value:
                return call.TargetMethod.Name is not ("Contains" or "Sort" or "Count" or "Any" or "Exists" or "TrueForAll"
                    or "GetEnumerator");
            case IArgumentOperation { Parent: IInvocationOperation call } when IsFree(call.TargetMethod):
            case IArgumentOperation { Parent: IObjectCreationOperation creation } when OrderFamily.IsUnordered(creation.Type)
                || IsSortedType(creation.Type):
                return false;
            case IArgumentOperation { Parent: IInvocationOperation call }
                when call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String:
                return false;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } declarator } when depth > 0:
                return !Locals.Uses(declarator, local).Any(static use => Locals.IsSorted(use))
                    && Locals.Uses(declarator, local).Any(use => Leaves(use, depth - 1));
            case IConditionalAccessOperation or ICoalesceOperation or IConditionalOperation when depth > 0:
                return Leaves(outer, depth - 1);
            default:
                return true;
        }
    }

    /// <summary>Whether a collection without order becomes a sequence that the caller enumerates.</summary>
    public static bool LeavesAsSequence(IConversionOperation conversion) =>
        conversion.OperatorMethod is null
        && conversion.Type is INamedTypeSymbol { Name: var name }
        && name is "IEnumerable" or "IReadOnlyCollection" or "ICollection" or "IReadOnlyList" or "IList"
        && OrderFamily.IsUnordered(conversion.Operand.Type)
        && Locals.Above(conversion) is IReturnOperation;

    /// <summary>Whether the body of a loop does the same in every order of its items.</summary>
    public static bool IsFree(IForEachLoopOperation loop) => IsFree(loop.Body, loop);

    private static bool IsFree(IOperation? statement, IForEachLoopOperation loop) => statement switch
    {
        null or IEmptyOperation => true,
        IBlockOperation block => block.Operations.All(inner => IsFree(inner, loop)),
        IConditionalOperation choice => IsExtreme(choice) || (IsFree(choice.WhenTrue, loop) && IsFree(choice.WhenFalse, loop)),
        IVariableDeclarationGroupOperation => true,
        IBranchOperation { BranchKind: BranchKind.Continue } => true,
        IReturnOperation { Kind: OperationKind.Return } answer => answer.ReturnedValue is null or { ConstantValue.HasValue: true },
        IExpressionStatementOperation { Operation: { } expression } => IsFree(expression),
        _ => false,
    };

    // if (value > best) best = value: the greatest is the same in every order.
    private static bool IsExtreme(IConditionalOperation choice) =>
        choice is
        {
            WhenFalse: null, Condition: IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual
                or BinaryOperatorKind.LessThanOrEqual,
            } comparison
        }
        && (choice.WhenTrue is IBlockOperation { Operations: [{ } only] } ? only : choice.WhenTrue)
            is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }
        && new[] { assignment.Target.Syntax.ToString(), assignment.Value.Syntax.ToString() } is var both
        && both.Contains(comparison.LeftOperand.Syntax.ToString()) && both.Contains(comparison.RightOperand.Syntax.ToString())
        && both[0] != both[1];

    private static bool IsFree(IOperation expression) => expression switch
    {
        IIncrementOrDecrementOperation => true,
        ICompoundAssignmentOperation sum => IsInteger(sum.Target.Type)
            && sum.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract
            or BinaryOperatorKind.And or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.Multiply
            || (sum.Target.Type?.SpecialType == SpecialType.System_Boolean),
        ISimpleAssignmentOperation assignment => IsFree(assignment),
        IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation list } when Locals.IsSorted(list) => true,
        IInvocationOperation call => call.Instance is { Type: { } type }
            && (OrderFamily.IsUnordered(type) || IsSortedType(type))
            && call.TargetMethod.Name is "Add" or "Remove" or "UnionWith" or "TryAdd" or "Contains" or "ExceptWith",
        _ => false,
    };

    private static bool IsFree(ISimpleAssignmentOperation assignment) =>
        (assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } type }
            && (OrderFamily.IsUnordered(type) || IsSortedType(type)))
        || assignment.Value.ConstantValue.HasValue
        || (MemberUse.Bare(assignment.Value) is IInvocationOperation { TargetMethod: { } method }
            && method is { Name: "Max" or "Min", ContainingType.Name: "Math" });

    private static bool IsInteger(ITypeSymbol? type) =>
        type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 or SpecialType.System_Decimal;

    private static bool IsSortedType(ITypeSymbol? type) => type is INamedTypeSymbol named
        && MemberUse.FullName(named) is "System.Collections.Generic.SortedSet" or "System.Collections.Generic.SortedDictionary"
            or "System.Collections.Generic.SortedList" or "System.Collections.Immutable.ImmutableSortedSet"
            or "System.Collections.Immutable.ImmutableSortedDictionary";

    private static bool IsFree(IMethodSymbol method) =>
        (OrderFamily.IsUnordered(method.ContainingType) || IsSortedType(method.ContainingType))
        || method.Name is "SetEquals" or "ToFrozenSet" or "ToFrozenDictionary" or "ToImmutableHashSet" or "ToImmutableDictionary"
            or "ToImmutableSortedSet" or "ToImmutableSortedDictionary" or "UnionWith" or "ExceptWith" or "IntersectWith" or "Sort";
}
