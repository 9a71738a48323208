using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Tells the properties that only answer the field behind them.</summary>
internal static class AutomaticProperty
{
    /// <summary>Whether the compiler made a field for a property. Of those in other assemblies it does not show the fields.</summary>
    public static bool Is(IPropertySymbol property) => property.ContainingType.GetMembers()
        .OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
