using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <content>Values as they are written, compared and enumerated: culture, order, and the user's own Equals, CompareTo and
/// ToString.</content>
internal sealed partial class UnitReader
{
    private static readonly HashSet<string> Comparing = new(StringComparer.Ordinal)
    {
        "Contains", "CountBy", "Distinct", "DistinctBy", "Equals", "Except", "ExceptBy", "GroupBy", "GroupJoin", "IndexOf", "Intersect",
        "IntersectBy", "Join", "LastIndexOf", "Remove", "SequenceEqual", "ToDictionary", "ToHashSet", "ToLookup", "Union", "UnionBy",
        "ContainsKey", "TryGetValue", "SetEquals",
    };

    private static readonly HashSet<string> Ordering = new(StringComparer.Ordinal)
    {
        "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Min", "Max", "MinBy", "MaxBy", "Sort",
        "BinarySearch", "Compare",
    };

    // An object of the project that a library is given as an interface: a comparer, a formatter. The library calls its members.
    private void ReadHandedOver(ISymbol target, IEnumerable<IArgumentOperation> arguments)
    {
        if (Sources.Has(target))
        {
            return;
        }

        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type is INamedTypeSymbol { TypeKind: TypeKind.Interface, IsGenericType: true } contract
                && MemberUse.Bare(argument.Value).Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } given
                && Sources.Has(given))
            {
                foreach (var member in contract.GetMembers().OfType<IMethodSymbol>().Where(static one => one.Name != "GetHashCode"))
                {
                    if (given.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
                    {
                        Edge(implementation, Receiver.Fresh, []);
                    }
                }
            }
        }
    }

    // Equality and order that a library asks of types of the project.
    private void ReadCompared(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (Sources.Has(method))
        {
            return;
        }

        Kept(method.ContainingType);
        IEnumerable<ITypeSymbol> types = [.. method.TypeArguments, .. method.ContainingType.TypeArguments];
        if (Comparing.Contains(method.Name))
        {
            foreach (var type in types)
            {
                Equality(type);
            }
        }
        else if (Ordering.Contains(method.Name))
        {
            foreach (var type in types)
            {
                Implemented(type, "CompareTo");
            }
        }
        else if (method.ContainingType.SpecialType == SpecialType.System_String || method.ContainingType.Name == "StringBuilder")
        {
            foreach (var argument in invocation.Arguments)
            {
                Text(MemberUse.Bare(argument.Value).Type);
            }

            foreach (var type in method.TypeArguments)
            {
                Text(type);
            }
        }
    }

    // A collection compares its keys with whatever they have for it.
    private void Kept(INamedTypeSymbol collection)
    {
        if (collection.TypeArguments is not [{ } key, ..])
        {
            return;
        }

        if (collection.Name is "HashSet" or "Dictionary" or "ConcurrentDictionary" or "FrozenSet" or "FrozenDictionary"
            or "ImmutableHashSet" or "ImmutableDictionary" or "OrderedDictionary")
        {
            Equality(key);
        }
        else if (collection.Name is "SortedSet" or "SortedDictionary" or "SortedList" or "ImmutableSortedSet" or "ImmutableSortedDictionary"
            or "PriorityQueue")
        {
            Implemented(collection.Name == "PriorityQueue" ? collection.TypeArguments.Last() : key, "CompareTo");
        }
    }

    private void Equality(ITypeSymbol? type) => Implemented(type, "Equals");

    private void Text(ITypeSymbol? type)
    {
        Implemented(type, "ToString");
        if (type is not null && type.AllInterfaces.Any(static one => one.Name == "IFormattable"))
        {
            Implemented(type, "ToString", 2);
        }
    }

    private void Implemented(ITypeSymbol? type, string name, int parameters = -1)
    {
        parameters = parameters >= 0 ? parameters : name == "ToString" ? 0 : 1;
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            foreach (var item in tuple.TupleElements)
            {
                Implemented(item.Type, name, parameters);
            }
        }
        else if (type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named && Sources.Has(named))
        {
            foreach (var method in named.GetMembers(name).OfType<IMethodSymbol>())
            {
                if (method.Parameters.Length == parameters)
                {
                    Edge(method, Receiver.Fresh, []);
                }
            }
        }
    }

    private void ReadInterpolation(IInterpolationOperation part)
    {
        Text(MemberUse.Bare(part.Expression).Type);
        if (CultureFamily.Has(part) && part.Parent is { } text && Locals.Above(text) is var outer && !IsFormattable(text, outer))
        {
            Report(Rules.Culture, part.Syntax.GetLocation(), $"${{{part.Expression.Syntax}}}", CultureFamily.Cure);
        }
    }

    // A FormattableString is written by whoever takes it, by the culture that he names.
    private static bool IsFormattable(IOperation text, IOperation? outer) =>
        text.Parent is IConversionOperation { Type.Name: "FormattableString" or "IFormattable" }
        || text.Parent is IInterpolatedStringHandlerCreationOperation
        || outer is INameOfOperation;

    private void ReadAppended(IInterpolatedStringAppendOperation part, IOperation value)
    {
        Text(MemberUse.Bare(value).Type);
        var creation = part.Parent;
        while (creation is not null and not IInterpolatedStringHandlerCreationOperation)
        {
            creation = creation.Parent;
        }

        var names = creation is IInterpolatedStringHandlerCreationOperation { HandlerCreation: IObjectCreationOperation made }
            && made.Arguments.Any(static argument => argument.Parameter?.Type.Name == "IFormatProvider");
        var format = (part.AppendCall as IInvocationOperation)?.Arguments
            .FirstOrDefault(static argument => argument.Parameter?.Name == "format")?.Value.ConstantValue.Value as string;
        if (!names
            && creation is { Type.ContainingNamespace: { } space }
            && space.ToDisplayString() is "System.Text" or "System.Runtime.CompilerServices"
            && CultureTypes.IsFormatted(MemberUse.Bare(value).Type, format))
        {
            Report(Rules.Culture, part.Syntax.GetLocation(), $"${{{value.Syntax}}}", CultureFamily.Cure);
        }
    }

    private void ReadConcatenation(IBinaryOperation binary)
    {
        if (binary.OperatorKind == BinaryOperatorKind.Add)
        {
            Concatenated(binary.Type, binary.LeftOperand);
            Concatenated(binary.Type, binary.RightOperand);
        }
    }

    private void Concatenated(ITypeSymbol? whole, IOperation part)
    {
        if (whole?.SpecialType != SpecialType.System_String)
        {
            return;
        }

        var value = MemberUse.Bare(part);
        Text(value.Type);
        if (CultureTypes.IsFormatted(value.Type) && !part.ConstantValue.HasValue)
        {
            Report(Rules.Culture, value.Syntax.GetLocation(), $"{value.Type!.Name}.ToString", CultureFamily.Cure);
        }
    }

    private void ReadOrder(IOperation operation)
    {
        var escapes = operation switch
        {
            IInvocationOperation call => OrderFamily.IsChosen(call) || Fills(call)
                || (OrderFamily.IsHandedOn(call) && OrderFamily.IsUnordered(call) && OrderEscape.Leaves(call)),
            IObjectCreationOperation creation => OrderFamily.IsList(creation.Type) && OrderFamily.IsUnordered(creation)
                && OrderEscape.Leaves(creation),
            ICollectionExpressionOperation collection => !OrderFamily.IsUnordered(collection.Type) && OrderFamily.IsUnordered(collection)
                && OrderEscape.Leaves(collection),
            IConversionOperation conversion => OrderEscape.LeavesAsSequence(conversion),
            IPropertyReferenceOperation element => OrderFamily.IsPicked(element),
            IArgumentOperation argument => IsGivenInOrder(argument),
            _ => false,
        };
        if (escapes)
        {
            var name = operation switch
            {
                IInvocationOperation { TargetMethod: { } method } => NameOf(method),
                IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } taker } } => NameOf(taker),
                _ => operation.Syntax.ToString(),
            };
            Report(Rules.Unordered, PlaceOf(operation.Syntax), name, OrderFamily.Cure);
        }
    }

    // A collection without order that a method of the project takes for a sequence that has one.
    private bool IsGivenInOrder(IArgumentOperation argument) =>
        argument.Parameter is { Type: { } type } parameter
        && Sources.Has(parameter.ContainingSymbol)
        && !OrderFamily.IsUnordered(type)
        && type is INamedTypeSymbol { TypeKind: TypeKind.Interface }
        && OrderFamily.IsUnordered(argument.Value)
        && new OrderOfParameters(Sources).Matters(parameter);

    private static bool Fills(IInvocationOperation call) =>
        (call.TargetMethod.Name is "AddRange" or "InsertRange" or "Serialize" or "SerializeToUtf8Bytes"
            || (call.TargetMethod.Name is "CreateRange" or "Create"
                && call.TargetMethod.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal)
                && call.TargetMethod.Parameters.Any(static parameter => parameter.Type is INamedTypeSymbol { Name: "IEnumerable" })))
        && (call.Instance is null || OrderFamily.IsList(call.Instance.Type)
            || call.TargetMethod.ContainingNamespace.ToDisplayString() == "System.Text.Json")
        && !OrderFamily.IsUnordered(call.TargetMethod.ReturnType)
        && !call.TargetMethod.ContainingType.Name.Contains("Set") && !call.TargetMethod.ContainingType.Name.Contains("Dictionary")
        && call.Arguments.Any(static argument => OrderFamily.IsUnordered(argument.Value));
}
