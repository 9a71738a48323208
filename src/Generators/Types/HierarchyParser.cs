using Microsoft.CodeAnalysis;
using Weir.Generators.Reading;

namespace Weir.Generators.Types;

/// <summary>Finds the types of a closed hierarchy: an abstract class with all that derives from it.</summary>
/// <remarks>
/// It is closed if they are nested in it, at any depth, or if no other assembly can derive from it. Then all of them are known here, and a
/// value is of exactly one.
/// </remarks>
internal static class HierarchyParser
{
    /// <summary>Whether values of a type are always of another one, and are told apart on the wire.</summary>
    public static bool IsHierarchy(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: true, IsStatic: false };

    /// <summary>The types; or why there is no end to them.</summary>
    public static HierarchyCases Cases(INamedTypeSymbol type, Compilation compilation)
    {
        var nested = Nested(type, type).ToArray();
        var isShut = IsShut(type);
        BodyReads.NoteProgram();
        var others = isShut || !type.IsGenericType ? Elsewhere(type, compilation.Assembly.GlobalNamespace, nested).ToArray() : [];
        if (others.Length > 0 && (!isShut || type.IsGenericType))
        {
            return HierarchyCases.Refused(
                $"is an open hierarchy: '{TypeNames.Label(others[0])}' derives from it and is not nested in it; nest all types that derive "
                    + "from it, or give it only private protected constructors");
        }

        INamedTypeSymbol[] all = [.. nested, .. others];
        if (all.Length == 0)
        {
            return HierarchyCases.Refused(
                "is abstract, and nothing derives from it within it: name the concrete type, or nest the types that derive from it, "
                    + "sealed");
        }

        if (all.FirstOrDefault(one => !one.IsSealed && !one.IsAbstract) is { } open)
        {
            return HierarchyCases.Refused($"has '{TypeNames.Label(open)}' among its types, which others may derive from: seal it");
        }

        var cases = all.Where(static one => !one.IsAbstract).ToArray();
        return cases.GroupBy(static one => one.Name, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } same
            ? HierarchyCases.Refused($"has two types called '{same.Key}', which a stored value could not tell apart: rename one")
            : new HierarchyCases(cases, null);
    }

    private static IEnumerable<INamedTypeSymbol> Nested(INamedTypeSymbol outer, INamedTypeSymbol root)
    {
        foreach (var inner in outer.GetTypeMembers().Where(static inner => inner.Arity == 0))
        {
            if (Derives(inner, root))
            {
                yield return inner;
            }

            foreach (var deeper in Nested(inner, root))
            {
                yield return deeper;
            }
        }
    }

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol root)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(ancestor, root))
            {
                return true;
            }
        }

        return false;
    }

    // Whether no other assembly can derive from it: by its constructors, or as it cannot see it.
    private static bool IsShut(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
            {
                return true;
            }
        }

        return type.InstanceConstructors.Where(constructor => !IsCopy(constructor, type)).All(static constructor =>
            constructor.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal);
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters.Length == 1
            && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static IEnumerable<INamedTypeSymbol> Elsewhere(
        INamedTypeSymbol root, INamespaceOrTypeSymbol within, IReadOnlyCollection<INamedTypeSymbol> known)
    {
        foreach (var member in within.GetMembers())
        {
            if (member is INamedTypeSymbol type && Derives(type, root) && !known.Contains(type, SymbolEqualityComparer.Default))
            {
                yield return type;
            }

            foreach (var inner in member is INamespaceOrTypeSymbol deeper ? Elsewhere(root, deeper, known) : [])
            {
                yield return inner;
            }
        }
    }
}

/// <summary>The concrete types of a hierarchy; or why it has none.</summary>
internal sealed record HierarchyCases(INamedTypeSymbol[] Types, string? Refusal)
{
    public static HierarchyCases Refused(string reason) => new([], reason);
}
