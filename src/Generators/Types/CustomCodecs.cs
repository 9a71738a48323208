using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>Codecs of the user's own, by attribute.</summary>
internal static class CustomCodecs
{
    private const string Attribute = "Weir.CustomCodecAttribute";

    /// <summary>The codec that a type, or for a type of another assembly the assembly, names; null if none does.</summary>
    public static INamedTypeSymbol? Of(ITypeSymbol type, Compilation compilation) =>
        (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) ? MemberAttributes.Codec(type) : null)
        ?? compilation.Assembly.GetAttributes()
            .Where(static attribute => attribute.AttributeClass is { } named && TypeNames.Definition(named) == Attribute)
            .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)
            .OfType<INamedTypeSymbol>()
            .FirstOrDefault(codec => SymbolEqualityComparer.Default.Equals(CodedBy(codec), type));

    /// <summary>Why a codec cannot be used for a type, as the end of a sentence that begins with the type; null if it can.</summary>
    public static string? Refusal(INamedTypeSymbol codec, ITypeSymbol type, Compilation compilation)
    {
        var name = TypeNames.Label(codec);
        return CodedBy(codec) is not { } coded ? $"names '{name}' as its codec, which does not derive from Codec<{type.Name}>"
            : !SymbolEqualityComparer.Default.Equals(coded, type)
                ? $"names '{name}' as its codec, which is one of '{TypeNames.Label(coded)}'"
            : codec.IsAbstract || codec.IsUnboundGenericType || !compilation.IsSymbolAccessibleWithin(codec, compilation.Assembly)
                || codec.IsFileLocal || MemberAttributes.IsForbidden(codec)
                || !codec.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0
                    && !MemberAttributes.IsForbidden(constructor)
                    && compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly))
                ? $"names '{name}' as its codec, which generated code cannot make: let it be internal or public, not abstract, with a "
                    + "constructor without parameters"
            : null;
    }

    private static ITypeSymbol? CodedBy(INamedTypeSymbol codec)
    {
        for (var ancestor = codec.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Arity == 1 && TypeNames.Definition(ancestor) == "Weir.Codec")
            {
                return ancestor.TypeArguments[0];
            }
        }

        return null;
    }
}
