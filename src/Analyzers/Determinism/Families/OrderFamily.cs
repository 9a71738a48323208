using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1006: which expressions deliver their items in no defined order.</summary>
internal static class OrderFamily
{
    public const string Cure = "sort first, or use what does not depend on the order";

    private static readonly HashSet<string> Unordered = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.Dictionary",
        "System.Collections.Generic.HashSet",
        "System.Collections.Generic.IDictionary",
        "System.Collections.Generic.IReadOnlyDictionary",
        "System.Collections.Generic.ISet",
        "System.Collections.Generic.IReadOnlySet",
        "System.Collections.Concurrent.ConcurrentDictionary",
        "System.Collections.Concurrent.ConcurrentBag",
        "System.Collections.Immutable.ImmutableHashSet",
        "System.Collections.Immutable.ImmutableDictionary",
        "System.Collections.Immutable.IImmutableSet",
        "System.Collections.Immutable.IImmutableDictionary",
        "System.Collections.Immutable.ImmutableHashSet.Builder",
        "System.Collections.Immutable.ImmutableDictionary.Builder",
        "System.Collections.Frozen.FrozenSet",
        "System.Collections.Frozen.FrozenDictionary",
        "System.Collections.Hashtable",
        "System.Collections.IDictionary",
        "System.Collections.Generic.PriorityQueue.UnorderedItemsCollection",
        "System.Linq.ParallelQuery",
    };

    // Hand on the items of their source, in its order or in one that depends on it.
    private static readonly HashSet<string> HandingOn = new(StringComparer.Ordinal)
    {
        "Append", "AsEnumerable", "Cast", "Chunk", "Concat", "DefaultIfEmpty", "Distinct", "DistinctBy", "Except", "ExceptBy", "GroupBy",
        "GroupJoin", "Index", "Intersect", "IntersectBy", "Join", "OfType", "Prepend", "Reverse", "Select", "SelectMany", "Skip",
            "SkipLast",
        "SkipWhile", "Take", "TakeLast", "TakeWhile", "ToArray", "ToList", "ToLookup", "Union", "UnionBy", "Where", "Zip",
            "ToImmutableArray",
        "ToImmutableList", "CountBy", "AggregateBy", "AsReadOnly",
    };

    // Which items come out depends on the order, not only where they stand.
    private static readonly HashSet<string> Choosing = new(StringComparer.Ordinal)
    {
        "Aggregate", "ElementAt", "ElementAtOrDefault", "First", "FirstOrDefault", "Last", "LastOrDefault", "MaxBy", "MinBy",
            "SequenceEqual",
        "Skip", "SkipLast", "SkipWhile", "Take", "TakeLast", "TakeWhile", "Zip", "Chunk", "Index", "Reverse",
    };

    public static bool IsUnordered(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { ContainingType: { } outer, Name: "KeyCollection" or "ValueCollection" } => IsUnordered(outer),
        INamedTypeSymbol named => Unordered.Contains(MemberUse.FullName(named)),
        _ => false,
    };

    /// <summary>Whether the items of an expression come in no defined order.</summary>
    public static bool IsUnordered(IOperation operation)
    {
        var value = MemberUse.Bare(operation);
        return value switch
        {
            { Type: { } type } when IsUnordered(type) => true,
            IPropertyReferenceOperation { Instance: { } instance, Property.Name: "Keys" or "Values" } => IsUnordered(instance),
            IInvocationOperation call when IsSequence(call.TargetMethod)
                && HandingOn.Contains(call.TargetMethod.Name) => Sources(call).Any(IsUnordered),
            IInvocationOperation { TargetMethod.Name: "ToArray", Instance: { } instance } => IsUnordered(instance),
            ILocalReferenceOperation local => Locals.InitializerOf(local) is { } initializer && !Locals.IsSorted(local)
                && IsUnordered(initializer),
            IConditionalAccessOperation access => IsUnordered(access.WhenNotNull),
            IConditionalAccessInstanceOperation instance => Locals.AccessedBy(instance) is { } accessed && IsUnordered(accessed),
            ICoalesceOperation coalesce => IsUnordered(coalesce.Value) || IsUnordered(coalesce.WhenNull),
            IConditionalOperation { WhenFalse: { } whenFalse } choice => IsUnordered(choice.WhenTrue) || IsUnordered(whenFalse),
            IObjectCreationOperation { Arguments: [{ } source, ..] } creation when IsList(creation.Type) => IsUnordered(source.Value),
            ICollectionExpressionOperation collection => collection.Elements.OfType<ISpreadOperation>().Any(spread =>
                IsUnordered(spread.Operand)),
            _ => false,
        };
    }

    /// <summary>Whether an element is taken by its place among items that have none.</summary>
    public static bool IsPicked(IPropertyReferenceOperation element) =>
        element is { Property.IsIndexer: true, Instance: { } instance, Arguments: [{ Value.Type.SpecialType: SpecialType.System_Int32 }] }
        && MemberUse.Bare(instance) is var items
        && !IsUnordered(items.Type)
        && IsUnordered(items);

    /// <summary>Whether a call answers by the order of a source that has none.</summary>
    public static bool IsChosen(IInvocationOperation call)
    {
        if (!IsSequence(call.TargetMethod))
        {
            return call.TargetMethod is { ContainingType.SpecialType: SpecialType.System_String, Name: "Join" or "Concat" }
                && call.Arguments.Any(static argument => IsUnordered(argument.Value));
        }

        return Sources(call).Any(IsUnordered) && AsksForOrder(call);
    }

    /// <summary>Whether a call answers by the order of its source.</summary>
    public static bool AsksForOrder(IInvocationOperation call) =>
        Choosing.Contains(call.TargetMethod.Name) || AddsRounded(call) || TakesIndex(call);

    /// <summary>Whether a method hands on the items of its source.</summary>
    public static bool HandsOn(IMethodSymbol method) => HandingOn.Contains(method.Name);

    public static bool IsHandedOn(IInvocationOperation call) =>
        IsSequence(call.TargetMethod) && HandingOn.Contains(call.TargetMethod.Name) && !Choosing.Contains(call.TargetMethod.Name)
        && call.TargetMethod.Name != "ToLookup";

    public static bool IsSequence(IMethodSymbol method) =>
        MemberUse.FullName(method.ContainingType) is "System.Linq.Enumerable" or "System.Collections.Immutable.ImmutableArray"
            or "System.Collections.Immutable.ImmutableList" or "System.Linq.ParallelEnumerable";

    public static bool IsList(ITypeSymbol? type) => type is INamedTypeSymbol named
        && MemberUse.FullName(named) is "System.Collections.Generic.List" or "System.Collections.Generic.Queue"
            or "System.Collections.Generic.Stack" or "System.Collections.Generic.LinkedList" or "System.Collections.ObjectModel.Collection"
            or "System.Collections.ObjectModel.ReadOnlyCollection" or "System.Collections.ArrayList";

    // The sums of real numbers depend on the order in which they are added.
    private static bool AddsRounded(IInvocationOperation call) =>
        call.TargetMethod.Name is "Sum" or "Average"
        && NumberOf(call).SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    private static ITypeSymbol NumberOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        var type = call.TargetMethod.Name == "Sum" ? method.ReturnType
            : method.Parameters.Last().Type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments }
                ? arguments.Last() : method.ReturnType;
        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0] : type;
    }

    private static bool TakesIndex(IInvocationOperation call) =>
        call.TargetMethod.Name is "Select" or "Where" or "SelectMany" or "TakeWhile" or "SkipWhile"
        && call.TargetMethod.OriginalDefinition.Parameters.Any(static parameter =>
            parameter.Type is INamedTypeSymbol { Name: "Func", TypeArguments: [_, { SpecialType: SpecialType.System_Int32 }, _] });

    private static IEnumerable<IOperation> Sources(IInvocationOperation call) => call.Arguments
        .Where(argument => argument.Parameter is { } parameter
            && (parameter.Ordinal == 0
                || (parameter.Name is "second" && call.TargetMethod.Name is "Concat" or "Union" or "UnionBy" or "Zip" or "SequenceEqual")))
        .Select(static argument => argument.Value);
}
