using Microsoft.CodeAnalysis;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Keys;

/// <summary>Whether values of a type are equal when their contents are, and stay what they are.</summary>
internal static class KeyEquality
{
    private const int MaxDepth = 8;

    // Classes and structs of .NET that compare by reference although they look like values.
    private static readonly HashSet<string> ByReference = new(StringComparer.Ordinal)
    {
        "System.Collections.Immutable.ImmutableArray", "System.Memory", "System.ReadOnlyMemory", "System.ArraySegment",
    };

    /// <summary>The first flaw that makes a type unfit; a risk only if there is no worse.</summary>
    public static KeyFlaw? Find(ITypeSymbol type)
    {
        var flaws = Flaws(type, LabelOf(type), 0, []).ToArray();
        return flaws.FirstOrDefault(static flaw => !flaw.IsRisk) ?? flaws.FirstOrDefault();
    }

    private static IEnumerable<KeyFlaw> Flaws(ITypeSymbol type, string path, int depth, HashSet<ITypeSymbol> seen)
    {
        if (depth > MaxDepth || type is ITypeParameterSymbol || type.TypeKind == TypeKind.Error || type.IsAnonymousType)
        {
            return [];
        }

        if (Reason(type) is { } flaw)
        {
            return [new(path, flaw.Why, flaw.Cure, flaw.IsRisk)];
        }

        if (type is not INamedTypeSymbol named || IsPlain(named))
        {
            return [];
        }

        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return Flaws(named.TypeArguments[0], path, depth + 1, seen);
        }

        if (named.IsTupleType)
        {
            return named.TupleElements.SelectMany(item => Flaws(item.Type, $"{path}.{item.Name}", depth + 1, seen));
        }

        return seen.Add(named) ? OfObject(named, path, depth, seen) : [];
    }

    private static IEnumerable<KeyFlaw> OfObject(INamedTypeSymbol type, string path, int depth, HashSet<ITypeSymbol> seen)
    {
        if (MemberUse.FullName(type) == "System.Tuple" || MemberUse.FullName(type) == "System.Collections.Generic.KeyValuePair")
        {
            return type.TypeArguments.SelectMany((part, index) => Flaws(part, $"{path}.{index + 1}", depth + 1, seen));
        }

        if (type.TypeKind == TypeKind.Class && Changeable(type) is { } member)
        {
            return
            [
                new($"{path}.{member.Name}", "can be set after the key was used, and then is not found again", "make it init-only", false),
            ];
        }

        // Whoever writes Equals answers for the members, but not for the hash by which keys are dealt out.
        if (HasOwnEquals(type))
        {
            return WrittenEquality.IsLoose(type) ? [new(path, WrittenEquality.Why, WrittenEquality.Cure, false)] : [];
        }

        return Members(type)
            .SelectMany(member => Flaws(member.Type, $"{path}.{member.Name}", depth + 1, seen));
    }

    private static (string Why, string Cure, bool IsRisk)? Reason(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol => ("is an array, and arrays are equal only to themselves", "use a value made of its items", false),
        { TypeKind: TypeKind.Delegate } => ("is a delegate, and code is no value", "use what it would answer", false),
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } =>
            ("may hold anything, also what is equal only to itself", "name a concrete type", false),
        { TypeKind: TypeKind.Interface } => ("is an interface, and says nothing of equality", "name a concrete type", false),
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => ("is a pointer", "use a value", false),
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double } => Rounded,
        INamedTypeSymbol named => OfNamed(named),
        _ => null,
    };

    private static (string Why, string Cure, bool IsRisk) Rounded =>
        ("is a real number: values that look alike may differ in their last bit, and −0 equals 0",
            "round it to a whole number or a decimal", true);

    private static (string Why, string Cure, bool IsRisk)? OfNamed(INamedTypeSymbol type)
    {
        var name = MemberUse.FullName(type);
        if (name is "System.Half" or "System.Numerics.Complex" or "System.Runtime.InteropServices.NFloat"
            || name.StartsWith("System.Numerics.Vector", StringComparison.Ordinal))
        {
            return Rounded;
        }

        if (ByReference.Contains(name))
        {
            return ("is equal only to what shares its memory", "use a value made of its items", false);
        }

        if (name == "System.Type" || name.StartsWith("System.Reflection.", StringComparison.Ordinal))
        {
            return ("describes code, and another process has another one", "use its name", false);
        }

        if (type.TypeKind == TypeKind.Class && name.StartsWith("System.Collections.", StringComparison.Ordinal) && !HasOwnEquals(type))
        {
            return ("is a collection, and collections are equal only to themselves", "use a value made of its items", false);
        }

        return type.TypeKind == TypeKind.Class && type.SpecialType != SpecialType.System_String && !type.IsRecord && !HasOwnEquals(type)
            && name != "System.Tuple"
            ? ("is a class without Equals, and is equal only to itself", "make it a record, or give it Equals and GetHashCode", false)
            : null;
    }

    private static bool IsPlain(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr or SpecialType.System_DateTime
        || (type.ContainingNamespace?.ToDisplayString() is "System" or "System.Numerics" or "System.Text" && !type.IsGenericType);

    private static bool HasOwnEquals(INamedTypeSymbol type)
    {
        for (var current = type; current is not null
            && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType);
            current = current.BaseType)
        {
            if (current.GetMembers("Equals").OfType<IMethodSymbol>().Any(method => !method.IsStatic && !method.IsImplicitlyDeclared
                && method.Parameters.Length == 1
                && (method.IsOverride || SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, current))
                && !(type.IsRecord && method.Parameters[0].Type.SpecialType == SpecialType.System_Object)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsChangeable(ISymbol member) => !member.IsStatic && !member.IsImplicitlyDeclared && member switch
    {
        IPropertySymbol { IsIndexer: false, SetMethod: { IsInitOnly: false } setter } =>
            setter.DeclaredAccessibility != Accessibility.Private,
        IFieldSymbol { IsReadOnly: false, IsConst: false } => member.DeclaredAccessibility != Accessibility.Private,
        _ => false,
    };

    private static ISymbol? Changeable(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (current.GetMembers().FirstOrDefault(IsChangeable) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, ITypeSymbol Type)> Members(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None or SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var field in current.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic))
            {
                yield return (field.AssociatedSymbol?.Name ?? field.Name, field.Type);
            }
        }
    }

    private static string LabelOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
