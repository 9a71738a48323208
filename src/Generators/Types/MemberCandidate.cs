using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>A property or field that can be read.</summary>
internal sealed record MemberCandidate(ISymbol Symbol, ITypeSymbol Type, bool IsSettable, bool IsRequired)
{
    public int Key => MemberAttributes.Key(Symbol);

    public bool IsIgnored => MemberAttributes.IsIgnored(Symbol);

    /// <summary>Whether what generated code would do with it is an error, because it is obsolete.</summary>
    /// <param name="isTaken">Whether the constructor takes it, so that it need not be set.</param>
    public bool IsForbidden(bool isTaken) =>
        ((isTaken || IsSettable)
            && (MemberAttributes.IsForbidden(Symbol) || MemberAttributes.IsForbidden((Symbol as IPropertySymbol)?.GetMethod)))
        || (!isTaken && MemberAttributes.IsForbidden((Symbol as IPropertySymbol)?.SetMethod));

    /// <summary>Whether it is another name for this property or field, or overrides it.</summary>
    public bool IsOrOverrides(ISymbol owner)
    {
        for (var symbol = Symbol; symbol is not null; symbol = (symbol as IPropertySymbol)?.OverriddenProperty)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, owner.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Those of a type and its bases; what overrides or hides another takes its place.</summary>
    public static List<MemberCandidate> Of(INamedTypeSymbol type, Compilation compilation)
    {
        var found = new List<MemberCandidate>();
        foreach (var candidate in Lineage(type).SelectMany(static ancestor => ancestor.GetMembers())
            .Select(member => Of(member, compilation)).OfType<MemberCandidate>())
        {
            var hidden = found.FindIndex(other => other.Symbol.Name == candidate.Symbol.Name);
            if (hidden >= 0)
            {
                found[hidden] = candidate;
            }
            else
            {
                found.Add(candidate);
            }
        }

        return found;
    }

    /// <summary>The classes that a type is made of, the outermost base first.</summary>
    public static Stack<INamedTypeSymbol> Lineage(INamedTypeSymbol type)
    {
        var lineage = new Stack<INamedTypeSymbol>();
        for (var ancestor = type; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            lineage.Push(ancestor);
        }

        return lineage;
    }

    private static MemberCandidate? Of(ISymbol member, Compilation compilation) => member switch
    {
        { IsStatic: true } or { DeclaredAccessibility: not Accessibility.Public } => null,
        IPropertySymbol { IsIndexer: false, RefKind: RefKind.None, GetMethod.DeclaredAccessibility: Accessibility.Public } property =>
            new MemberCandidate(
            property,
            property.Type,
            property.SetMethod is { } setter && compilation.IsSymbolAccessibleWithin(setter, compilation.Assembly)
                && !MemberAttributes.IsForbidden(setter),
            property.IsRequired),
        IFieldSymbol { IsImplicitlyDeclared: false, RefKind: RefKind.None, IsFixedSizeBuffer: false } field =>
            new MemberCandidate(field, field.Type, !field.IsReadOnly, field.IsRequired),
        _ => null,
    };
}
