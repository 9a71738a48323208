using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>What the type parameters of a generic method, and of the types around it, stand for in one call of it.</summary>
internal sealed class TypeArguments
{
    private readonly Dictionary<ITypeParameterSymbol, ITypeSymbol> _arguments = new(SymbolEqualityComparer.Default);

    private TypeArguments()
    {
    }

    /// <summary>Gets those of code that is in no generic method.</summary>
    public static TypeArguments None { get; } = new();

    /// <summary>Those of a call.</summary>
    /// <param name="method">The method as it is called.</param>
    /// <param name="outer">What the type parameters of the calling code stand for.</param>
    /// <param name="compilation">Makes arrays.</param>
    public static TypeArguments Of(IMethodSymbol method, TypeArguments outer, Compilation compilation)
    {
        var arguments = new TypeArguments();
        arguments.Add(method.OriginalDefinition.TypeParameters, method.TypeArguments, outer, compilation);
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            arguments.Add(type.OriginalDefinition.TypeParameters, type.TypeArguments, outer, compilation);
        }

        return arguments;
    }

    /// <summary>A type of the generic code as it is in this call; null if it stays open.</summary>
    public ITypeSymbol? In(ITypeSymbol type, Compilation compilation) => type switch
    {
        ITypeParameterSymbol parameter => _arguments.TryGetValue(parameter, out var argument) ? argument : null,
        IArrayTypeSymbol array => In(array.ElementType, compilation) is { } item
            ? compilation.CreateArrayTypeSymbol(item, array.Rank) : null,
        INamedTypeSymbol { IsAnonymousType: true } => IsClosed(type) ? type : null,
        INamedTypeSymbol named => InNamed(named, compilation),
        _ => type,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(
            ", ", _arguments.Select(static pair => $"{pair.Key}={pair.Value}").OrderBy(static text => text, StringComparer.Ordinal));

    /// <summary>Whether no type parameter is left in a type.</summary>
    public static bool IsClosed(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => false,
        IArrayTypeSymbol array => IsClosed(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.All(IsClosed)
            && (named.ContainingType is null || IsClosed(named.ContainingType)),
        _ => true,
    };

    private INamedTypeSymbol? InNamed(INamedTypeSymbol type, Compilation compilation)
    {
        if (IsClosed(type))
        {
            return type;
        }

        var arguments = type.TypeArguments.Select(argument => In(argument, compilation)).OfType<ITypeSymbol>().ToArray();
        if (arguments.Length < type.TypeArguments.Length)
        {
            return null;
        }

        var definition = type.OriginalDefinition;
        if (type.ContainingType is { } outer && !IsClosed(outer))
        {
            definition = InNamed(outer, compilation)?.GetTypeMembers(type.Name, type.Arity).FirstOrDefault();
        }

        return definition is null || arguments.Length == 0 ? definition : definition.Construct(arguments);
    }

    private void Add(
        IReadOnlyList<ITypeParameterSymbol> parameters, IReadOnlyList<ITypeSymbol> arguments, TypeArguments outer, Compilation compilation)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (outer.In(arguments[i], compilation) is { } argument)
            {
                _arguments[parameters[i]] = argument;
            }
        }
    }
}
