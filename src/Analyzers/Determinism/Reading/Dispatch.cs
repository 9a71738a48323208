using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>Which methods of the project a call may run.</summary>
/// <param name="sources">The project.</param>
internal sealed class Dispatch(Sources sources)
{
    private static readonly SymbolEqualityComparer Same = SymbolEqualityComparer.Default;

    private ILookup<ISymbol, IMethodSymbol>? _overrides;

    /// <summary>The methods that a call may run: the one that it is bound to, or those that stand in for it.</summary>
    /// <param name="method">What the call is bound to.</param>
    /// <param name="receiver">The type of the object, as far as the compiler knows it.</param>
    /// <param name="isVirtual">Whether the object decides.</param>
    public IEnumerable<IMethodSymbol> Targets(IMethodSymbol method, ITypeSymbol? receiver, bool isVirtual = true)
    {
        var called = method.ReducedFrom ?? method;
        if (called.ContainingType is null || !isVirtual
            || !(called.IsVirtual || called.IsAbstract || called.IsOverride || called.ContainingType.TypeKind == TypeKind.Interface))
        {
            return [called];
        }

        if (called.ContainingType.TypeKind == TypeKind.Interface)
        {
            return OfInterface(called, receiver).Concat(called.IsAbstract ? [] : [called]);
        }

        var own = receiver is { IsReferenceType: true } or { IsValueType: true } ? MostDerived(called, receiver) : called;
        var isAnybodys = own.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType;
        return own.IsSealed || receiver is { IsSealed: true } || isAnybodys
            ? [own]
            : new[] { own }.Where(static one => !one.IsAbstract)
                .Concat(Overrides(own).Where(one => receiver is null || DerivesFrom(one.ContainingType, receiver)));
    }

    /// <summary>The method that runs for an object of exactly this type.</summary>
    public static IMethodSymbol MostDerived(IMethodSymbol method, ITypeSymbol receiver)
    {
        var root = RootOf(method);
        for (var type = receiver; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                if (Same.Equals(RootOf(member).OriginalDefinition, root.OriginalDefinition))
                {
                    return member;
                }
            }
        }

        return method;
    }

    private IEnumerable<IMethodSymbol> OfInterface(IMethodSymbol called, ITypeSymbol? receiver)
    {
        if (receiver is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } concrete
            && concrete.FindImplementationForInterfaceMember(called) is IMethodSymbol implementation)
        {
            return new[] { implementation }.Concat(Overrides(implementation));
        }

        // Everything implements the interfaces of .NET; of another library's whoever is in the project may be meant.
        if (!sources.Has(called.ContainingType) && !called.ContainingType.IsGenericType && IsOfFramework(called.ContainingType))
        {
            return [];
        }

        return sources.Types
            .Where(static type => type.TypeKind is TypeKind.Class or TypeKind.Struct)
            .SelectMany(type => type.AllInterfaces.Where(one => Matches(one, called.ContainingType)).Select(one => (type, one)))
            .SelectMany(pair => pair.one.GetMembers(called.Name)
                .OfType<IMethodSymbol>()
                .Where(member => Same.Equals(member.OriginalDefinition, called.OriginalDefinition))
                .Select(member => pair.type.FindImplementationForInterfaceMember(member)))
            .OfType<IMethodSymbol>()
            .SelectMany(method => new[] { method }.Concat(Overrides(method)))
            .Distinct<IMethodSymbol>(Same);
    }

    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space?.Name is "System" or "Microsoft" or "Weir";
    }

    private static bool Matches(INamedTypeSymbol implemented, INamedTypeSymbol called) =>
        Same.Equals(implemented.OriginalDefinition, called.OriginalDefinition)
        && (Same.Equals(implemented, called) || IsOpen(called) || IsOpen(implemented));

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen),
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        _ => false,
    };

    private IEnumerable<IMethodSymbol> Overrides(IMethodSymbol method)
    {
        _overrides ??= sources.Types
            .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(static member => member.OverriddenMethod is not null)
            .SelectMany(static member => Overridden(member).Select(overridden => (overridden, member)))
            .ToLookup(static pair => pair.overridden, static pair => pair.member, Same);
        return _overrides[method.OriginalDefinition];
    }

    private static IEnumerable<ISymbol> Overridden(IMethodSymbol member)
    {
        for (var current = member.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            yield return current.OriginalDefinition;
        }
    }

    private static IMethodSymbol RootOf(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
        {
            method = overridden;
        }

        return method;
    }

    private static bool DerivesFrom(ITypeSymbol type, ITypeSymbol ancestor)
    {
        if (ancestor.TypeKind is TypeKind.Interface or TypeKind.TypeParameter)
        {
            return true;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Same.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }
}
