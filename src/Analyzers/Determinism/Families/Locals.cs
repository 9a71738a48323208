using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>Where locals come from and what becomes of them, within the function that declares them.</summary>
internal static class Locals
{
    /// <summary>The value that a local is declared with.</summary>
    public static IOperation? InitializerOf(ILocalReferenceOperation local) => RootOf(local).Descendants()
        .OfType<IVariableDeclaratorOperation>()
        .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local))
        is { } found ? found.Initializer?.Value ?? (found.Parent as IVariableDeclarationOperation)?.Initializer?.Value : null;

    public static IEnumerable<ILocalReferenceOperation> Uses(IOperation near, ILocalSymbol local) => RootOf(near).Descendants()
        .OfType<ILocalReferenceOperation>()
        .Where(use => !use.IsDeclaration && SymbolEqualityComparer.Default.Equals(use.Local, local));

    /// <summary>Whether a list is put into order after it was made.</summary>
    public static bool IsSorted(ILocalReferenceOperation local) => Uses(local, local.Local).Any(static use =>
        use.Parent is IInvocationOperation { TargetMethod.Name: "Sort" } call && call.Instance == use
        || (use.Parent is ISimpleAssignmentOperation { Value: { } value } && MemberUse.Bare(value) is IInvocationOperation
        { TargetMethod.Name: "Order" or "OrderBy" or "OrderDescending" or "OrderByDescending" or "ThenBy" or "ThenByDescending" })
        || (use.Parent is IConversionOperation or IArgumentOperation
            && Above(use) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Sort" } }));

    /// <summary>What the question mark of a conditional access stands behind.</summary>
    public static IOperation? AccessedBy(IConditionalAccessInstanceOperation instance)
    {
        for (var outer = instance.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access && !access.Operation.Syntax.Span.Contains(instance.Syntax.Span.Start + 1))
            {
                return access.Operation;
            }

            if (outer is IConditionalAccessOperation first)
            {
                return first.Operation;
            }
        }

        return null;
    }

    /// <summary>The operation that takes a value, conversions and parentheses left out.</summary>
    public static IOperation? Above(IOperation operation)
    {
        var outer = operation.Parent;
        while (outer is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            outer = outer.Parent;
        }

        return outer;
    }

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
