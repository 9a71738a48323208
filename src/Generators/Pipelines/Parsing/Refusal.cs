using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Why something is not compiled, and what would change that.</summary>
/// <param name="Why">The reason, to stand behind <c>because</c>.</param>
/// <param name="Cure">The change, as an order.</param>
internal sealed record Refusal(string Why, string Cure)
{
    /// <summary>Why a type cannot be named by generated code; null if it can.</summary>
    public static Refusal? OfType(ITypeSymbol? type) => type switch
    {
        null => null,
        ITypeParameterSymbol parameter => new(
            $"the type of its records depends on the type parameter '{parameter.Name}'",
            "write the pipeline for a type that is known, or accept the delegates"),
        IArrayTypeSymbol array => OfType(array.ElementType),
        INamedTypeSymbol { IsAnonymousType: true } => new(
            "records of an anonymous type leave the loop here", "declare a record for them"),
        INamedTypeSymbol named when Blocking(named.OriginalDefinition) is { } blocking => Reach.IsForbidden(blocking) ? new(
            $"the use of the type '{blocking.Name}', which is obsolete, is an error in generated code, too",
            $"use another type than '{blocking.Name}', or let its attribute warn") : new(
            $"the type '{blocking.Name}' is not accessible outside its {(IsOfFile(blocking) ? "file" : "type")}",
            $"make '{blocking.Name}' internal or public"),
        INamedTypeSymbol named => named.TypeArguments.Select(OfType).FirstOrDefault(static refusal => refusal is not null)
            ?? OfType(named.ContainingType),
        _ => Reach.NameOf(type) is null
            ? new($"generated code cannot name the type '{type.ToDisplayString()}'", "declare a record")
            : null,
    };

    /// <summary>Why a function that uses a member is not written into a loop.</summary>
    public static Refusal OfMember(ISymbol member) => Reach.IsForbidden(member)
        ? new($"uses '{member.Name}', which is obsolete, and whose use is an error in generated code, too", "use another member")
        : new($"uses '{member.Name}', which is not accessible outside its type", $"make '{member.Name}' internal");

    private static bool IsOfFile(ISymbol symbol) => symbol is INamedTypeSymbol { IsFileLocal: true };

    private static ISymbol? Blocking(ISymbol symbol)
    {
        for (var outer = symbol; outer is not null and not INamespaceSymbol; outer = outer.ContainingSymbol)
        {
            if (!Reach.CanReach(outer) && (outer.ContainingSymbol is null or INamespaceSymbol || Reach.CanReach(outer.ContainingSymbol)))
            {
                return outer;
            }
        }

        return null;
    }
}
