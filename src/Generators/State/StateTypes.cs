using Microsoft.CodeAnalysis;
using Weir.Generators.Types;

namespace Weir.Generators.State;

/// <summary>The types of all states, as they are found, with the symbols that they stand for.</summary>
internal sealed class StateTypes(Compilation compilation, CancellationToken cancellation)
{
    private readonly SortedDictionary<string, StateTypeModel> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITypeSymbol> _symbols = new(StringComparer.Ordinal);

    /// <summary>Gets the types in ordinal order.</summary>
    public IEnumerable<StateTypeModel> All => _types.Values;

    /// <summary>Adds a type and all that it is made of.</summary>
    /// <returns>Its name.</returns>
    public string Add(ITypeSymbol type)
    {
        var closure = TypeParser.Parse(type, compilation, cancellation);
        var types = closure.Types.ToDictionary(static one => one.Name, StringComparer.Ordinal);
        foreach (var one in closure.Types)
        {
            if (StateTypeNames.Describe(one, types) is { } described)
            {
                _types[described.Name] = described;
            }
        }

        Remember(type);
        return StateTypeNames.Of(closure.Root, types);
    }

    /// <summary>Where a member of a type is declared, or the type itself; null if its source is not at hand.</summary>
    public Location? Find(string type, string? member)
    {
        var symbol = _symbols.TryGetValue(type, out var known) ? known : null;
        var place = symbol is not null && member is not null
            ? symbol.GetMembers(member).FirstOrDefault() ?? symbol.GetTypeMembers(member).FirstOrDefault() ?? symbol : symbol;
        return place?.Locations.FirstOrDefault(static location => location.IsInSource);
    }

    private void Remember(ITypeSymbol type)
    {
        var name = TypeNames.Label(type);
        if (_symbols.ContainsKey(name))
        {
            return;
        }

        _symbols.Add(name, type);
        if (type is IArrayTypeSymbol array)
        {
            Remember(array.ElementType);
        }

        if (type is not INamedTypeSymbol named)
        {
            return;
        }

        foreach (var argument in named.TypeArguments)
        {
            Remember(argument);
        }

        if (SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, compilation.Assembly) && named.TypeKind != TypeKind.Enum)
        {
            foreach (var member in named.GetMembers())
            {
                switch (member)
                {
                    case IPropertySymbol property:
                        Remember(property.Type);
                        break;
                    case IFieldSymbol field:
                        Remember(field.Type);
                        break;
                    case INamedTypeSymbol inner:
                        Remember(inner);
                        break;
                }
            }
        }
    }
}
