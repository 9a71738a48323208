using Microsoft.CodeAnalysis;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What generated code, in a class of its own in the same assembly, can name.</summary>
internal static class Reach
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>
    /// The type as generated code writes it, or null if it cannot: anonymous, private, local to a file, a type parameter.
    /// </summary>
    public static string? NameOf(ITypeSymbol? type) => type is not null && CanName(type) ? type.ToDisplayString(Format) : null;

    /// <summary>Whether a member and all that contains it can be reached from another class.</summary>
    public static bool CanReach(ISymbol symbol)
    {
        if (AliasedAssemblies.Contain(symbol))
        {
            return false;
        }

        for (var outer = symbol; outer is not null and not INamespaceSymbol; outer = outer.ContainingSymbol)
        {
            if (outer is INamedTypeSymbol { IsFileLocal: true }
                || outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
                || (outer.DeclaredAccessibility == Accessibility.ProtectedOrInternal && outer.Locations.All(static one => !one.IsInSource))
                || IsForbidden(outer))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a symbol is marked as obsolete, with an error; of a property it may be one accessor.</summary>
    public static bool IsForbidden(ISymbol symbol) => MemberAttributes.IsForbidden(symbol)
        || (symbol is IPropertySymbol property
            && (MemberAttributes.IsForbidden(property.GetMethod) || MemberAttributes.IsForbidden(property.SetMethod)));

    private static bool CanName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanName(array.ElementType),
        IDynamicTypeSymbol => true,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => CanName(element.Type)),
        INamedTypeSymbol named => named.TypeKind != TypeKind.Error
            && !named.IsAnonymousType
            && !named.IsRefLikeType
            && CanReach(named.OriginalDefinition)
            && named.TypeArguments.All(CanName)
            && (named.ContainingType is null || CanName(named.ContainingType)),
        _ => false,
    };
}
