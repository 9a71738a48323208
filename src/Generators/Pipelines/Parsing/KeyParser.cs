using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds how a table spreads and compares keys of a type.</summary>
internal static class KeyParser
{
    private const string Hash = "global::Weir.Runtime.State.KeyHash";

    private static readonly string Seed = Placeholder.Of(1);

    public static KeyModel Parse(ITypeSymbol type)
    {
        var name = Reach.NameOf(type);
        return new KeyModel(name, HashOf(type, Placeholder.Of(0)) ?? "", EqualsOf(type, name, Placeholder.Of(0), Placeholder.Of(1)), GroupCalls.CanBeNull(type));
    }

    /// <summary>An expression for the hash of a key, or null if only its codec knows.</summary>
    private static string? HashOf(ITypeSymbol type, string key)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return $"{Hash}.Of({key}, {Seed})";
            case SpecialType.System_Boolean:
                return $"{Hash}.Of({key} ? 1L : 0L, {Seed})";
            case SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Char:
                return $"{Hash}.Of({key}, {Seed})";
            case SpecialType.System_UInt64:
                return $"{Hash}.Of(unchecked((long){key}), {Seed})";
            case SpecialType.System_DateTime:
                return $"{Hash}.Of({key}.Ticks, {Seed})";
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return $"{Hash}.Of(unchecked((long){key}), {Seed})";
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        return named switch
        {
            { IsTupleType: true } => Combined([.. named.TupleElements.Select(element => HashOf(element.Type, $"{key}.{element.Name}"))]),
            { IsRecord: true, IsValueType: true } when IsPlain(named) =>
                Combined([.. Members(named).Select(member => HashOf(member.Type, $"{key}.{member.Name}"))]),
            _ => WellKnown(named, key),
        };
    }

    private static string? WellKnown(INamedTypeSymbol type, string key) => type.ToDisplayString() switch
    {
        "System.TimeSpan" => $"{Hash}.Of({key}.Ticks, {Seed})",
        "System.DateOnly" => $"{Hash}.Of({key}.DayNumber, {Seed})",
        "System.TimeOnly" => $"{Hash}.Of({key}.Ticks, {Seed})",
        "System.DateTimeOffset" => $"{Hash}.Of({key}.UtcTicks, {Seed})",
        "System.Guid" => $"{Hash}.Of({key}, {Seed})",
        _ => null,
    };

    private static string? Combined(string?[] parts)
    {
        if (parts.Length == 0 || parts.Contains(null))
        {
            return null;
        }

        return parts.Aggregate("0UL", static (hash, part) => $"{Hash}.Combine({hash}, {part}, {Seed})");
    }

    private static string EqualsOf(ITypeSymbol type, string name, string left, string right)
    {
        if (type.SpecialType == SpecialType.System_String)
        {
            return $"string.Equals({left}, {right})";
        }

        if (type.TypeKind == TypeKind.Enum || (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64))
        {
            return $"{left} == {right}";
        }

        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            return string.Join(" && ", tuple.TupleElements.Select(element => EqualsOf(element.Type, Reach.NameOf(element.Type), $"{left}.{element.Name}", $"{right}.{element.Name}")));
        }

        return $"global::System.Collections.Generic.EqualityComparer<{name}>.Default.Equals({left}, {right})";
    }

    // Equal records must have equal hashes: true of the members if the compiler wrote Equals and they are all that it compares.
    private static bool IsPlain(INamedTypeSymbol record) =>
        record.GetMembers().All(static member => member switch
        {
            IMethodSymbol { Name: "Equals" or "GetHashCode" } method => method.IsImplicitlyDeclared,
            _ => true,
        });

    private static IEnumerable<IPropertySymbol> Members(INamedTypeSymbol record) =>
        record.GetMembers().OfType<IPropertySymbol>().Where(static property =>
            !property.IsStatic && !property.IsIndexer && property.GetMethod is not null && Reach.CanReach(property)
            && property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax));
}
