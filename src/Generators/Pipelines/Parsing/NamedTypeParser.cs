using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds what generated code must know of a type to keep its values.</summary>
internal static class NamedTypeParser
{
    /// <summary>Returns null for a type that generated code cannot name.</summary>
    public static NamedTypeModel? Parse(ITypeSymbol type) => Reach.NameOf(type) is not { } name ? null : new NamedTypeModel
    {
        Name = name,
        NullableOf = ItemOf(type) is { } item ? Reach.NameOf(item) : null,
        CanBeNull = CanBeNull(type),
    };

    /// <summary>Whether a type has a null.</summary>
    public static bool CanBeNull(ITypeSymbol type) => type.IsReferenceType || ItemOf(type) is not null;

    /// <summary>What a type is the <c>Nullable</c> of, or null.</summary>
    public static ITypeSymbol? ItemOf(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? ((INamedTypeSymbol)type).TypeArguments[0] : null;
}
