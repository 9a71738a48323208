using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds types without a name.</summary>
internal static class AnonymousTypes
{
    /// <summary>Whether a type is anonymous, or made of one.</summary>
    public static bool IsIn(ITypeSymbol type) => Of(type) is not null;

    /// <summary>The anonymous type in a type, or null.</summary>
    public static INamedTypeSymbol? Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType),
        INamedTypeSymbol { IsAnonymousType: true } anonymous => anonymous,
        INamedTypeSymbol named => named.TypeArguments.Select(Of).FirstOrDefault(static found => found is not null),
        _ => null,
    };
}
