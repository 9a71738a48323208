using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Type parameters of the types and methods around a body: generated code knows none of them.</summary>
internal static class OuterParameters
{
    /// <summary>Whether a type depends on one.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isInside">Whether a type parameter was declared in the body itself.</param>
    public static bool Are(ITypeSymbol? type, Func<ISymbol, bool> isInside) => type switch
    {
        ITypeParameterSymbol parameter => !isInside(parameter),
        IArrayTypeSymbol array => Are(array.ElementType, isInside),
        INamedTypeSymbol named => named.TypeArguments.Any(part => Are(part, isInside)) || Are(named.ContainingType, isInside),
        _ => false,
    };
}
